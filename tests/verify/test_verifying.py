"""Plans are proven by real suites: what breaks a test is found, set aside, and the rest is kept."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from ssot_migrate.decisions import Ruling
from ssot_migrate.findings import State
from ssot_migrate.plans.model import Plan
from ssot_migrate.workflow.verifying import Verified

Verify = Callable[..., tuple[Plan, Verified]]

CONF = """\
import os


def url():
    return os.environ.get("APP_URL", "none")


def port():
    return os.getenv("APP_PORT", "80")
"""
TWO = """\
import os


def a():
    return os.environ.get("TWO_A")


def b():
    return os.environ.get("TWO_B")
"""
TESTS = """\
import inspect, os
from pathlib import Path
from app import conf, two


def test_url(monkeypatch):
    monkeypatch.setenv("APP_URL", "x")
    assert conf.url() == "x"


def test_source():
    assert "os.getenv" in inspect.getsource(conf.port)


def test_one_of_both():
    assert "os.environ" in inspect.getsource(two)


def test_broken():
    assert False


def test_flaky():
    count = Path(os.environ["COUNT"])
    count.write_text(count.read_text() + "x")
    assert len(count.read_text()) % 2


def test_writes_into_the_tree():
    assert not Path("app/left.py").exists()
    Path("app/left.py").write_text("x")
    Path("app/conf.py").write_text("gone")
"""
FILES = {
    "app/__init__.py": "",
    "app/conf.py": CONF,
    "app/two.py": TWO,
    "tests/__init__.py": "",
    "tests/test_app.py": TESTS,
    "tests/test_apart.py": "def test_apart():\n    pass\n",
}


@pytest.fixture
def root(lay: Callable[..., Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository with a suite in which nearly everything goes wrong."""
    (tmp_path / "count").write_text("")
    monkeypatch.setenv("COUNT", str(tmp_path / "count"))
    return lay(FILES)


@pytest.mark.heavy
def test_what_breaks_is_set_aside_and_the_rest_is_kept(root: Path, verified: Verify) -> None:
    """One edit alone, two only together; failures of the base and flaky tests are no reason."""
    plan, found = verified(root)
    assert found.holds
    aside = {
        finding.scope: finding.message for finding in plan.findings if finding.state is State.QUARANTINED
    }
    assert aside == {
        "port": "set aside by verify: fails tests/test_app.py::test_source",
        "a": "set aside by verify: fails tests/test_app.py::test_one_of_both",
        "b": "set aside by verify: fails tests/test_app.py::test_one_of_both",
    }
    changed = {finding.scope for finding in plan.findings if finding.state is State.CHANGED}
    assert "url" in changed
    assert {decision.ruling for decision in found.decisions} == {Ruling.QUARANTINE}
    app = next(each for each in found.branches if each.service == "app")
    assert app.broken == ("tests/test_app.py::test_broken",)
    assert app.flaky == ("tests/test_app.py::test_flaky",)
    assert app.tests == 6
    assert any("os.getenv" in each.output for each in app.set_aside)


@pytest.mark.heavy
def test_the_repository_stays_as_it_is(root: Path, verified: Verify) -> None:
    """No ref, no file of the working tree, no linked working tree is left; a second run needs no tests."""

    def state() -> list[str]:
        commands = (["for-each-ref"], ["status", "--porcelain"], ["worktree", "list"], ["stash", "list"])
        return [subprocess.check_output(["git", "-C", str(root), *c], text=True) for c in commands]

    before = state()
    _, first = verified(root)
    assert state() == before
    _, second = verified(root)
    assert second.runs == 0
    assert (second.plan, second.decisions) == (first.plan, first.decisions)
