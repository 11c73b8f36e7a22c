"""Rules in Python by an installed package: they run where somebody agreed, and nowhere else."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from ssot_migrate.engine.registry import all_rules
from ssot_migrate.errors import ExitCode
from tests.custom.conftest import Make, Run

EXTEND = 'extend = ["acme_rules"]\n'
RULES = '''\
"""Sleeps in tests."""

import ast
import pathlib

from ssot_migrate.model import Advice
from ssot_migrate.transform import Transform

pathlib.Path(__file__).with_name("ran").touch()
sleep = Transform(id="SSOT950", slug="direct-sleep", summary="a sleep", words=("sleep",))


@sleep.detect(ast.Call)
def calls(node, doc):
    meaning = doc.meaning(node.func)
    if meaning and meaning.dotted == "time.sleep":
        yield doc.site("direct-sleep", "call", node, hits=(doc.span(node.func).end - 5,))


@sleep.rewrite
def rewrite(site, repo, profile):
    return Advice("wait for what you wait for")


transforms = (sleep,)
'''
TEST = {"tests/test_it.py": "import time\n\n\ndef test_it():\n    time.sleep(1)\n    assert time\n"}


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The package where installed ones lie: a folder of its own on ``sys.path``."""
    folder = tmp_path / "site-packages" / "acme_rules"
    folder.mkdir(parents=True)
    (folder / "__init__.py").write_text(RULES)
    monkeypatch.syspath_prepend(str(folder.parent))
    all_rules.cache_clear()  # a process knows one state of a package
    yield folder
    sys.modules.pop("acme_rules", None)


def test_nothing_runs_without_consent(make: Make, run: Run, package: Path) -> None:
    """The repository's word alone is not enough, and the message says what would be."""
    make(EXTEND, TEST)
    for command in ("plan", "check", "trend", "aliases", "test-rule"):
        done = run(command)
        assert done.returncode == ExitCode.REFUSED
        assert "--trust acme_rules" in done.stderr
    assert not (package / "ran").exists()


def test_trusted_rules_are_rules(
    make: Make, run: Run, package: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With ``--trust`` or the environment they find, and are kept apart from shipped ones by nothing."""
    make(EXTEND, TEST)
    said = "tests/test_it.py:5: direct-sleep: advice: wait for what you wait for\n"
    assert run("plan", "--trust", "acme_rules", "--format", "lines").stdout == said
    monkeypatch.setenv("SSOT_MIGRATE_TRUST", "other acme_rules")
    assert run("plan", "--rule", "SSOT950", "--format", "lines").stdout == said


def test_other_processes_have_the_rules_too(make: Make, package: Path) -> None:
    """A worker started afresh makes them from their names."""
    from ssot_migrate.workflow import Request, make_plan

    root = make(EXTEND, TEST)
    request = Request(
        str(root), trust=("acme_rules",), use_cache=False, start_method="spawn", workers=1, rules=("SSOT950",)
    )
    assert [finding.rule for finding in make_plan(request, lambda *_: None).findings] == ["direct-sleep"]


def test_what_cannot_be_prepared_leaves_questions_answered(make: Make, package: Path) -> None:
    """A defect of a rule ends no run, and what was asked of files is told."""
    from ssot_migrate.workflow import Request, make_plan

    asking = RULES.replace('"wait for what you wait for"', 'str(repo.mentions(site.path, "sleep"))')
    broken = """\n
@sleep.prepares
def prepare(repo):
    raise ValueError


@sleep.asks
def ask(site, repo):
    yield site.path, "sleep"
"""
    (package / "__init__.py").write_text(asking + broken)
    root = make(EXTEND, TEST)
    request = Request(
        str(root), trust=("acme_rules",), use_cache=False, start_method="fork", workers=2, rules=("SSOT950",)
    )
    plan = make_plan(request, lambda *_: None)
    assert [finding.message for finding in plan.findings] == ["True"]


def test_a_package_in_the_repository_never_runs(
    make: Make, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever is said on the command line: its folder may well be on the path."""
    root = make(EXTEND, {**TEST, "acme_rules/__init__.py": RULES})
    monkeypatch.syspath_prepend(str(root))
    done = run("plan", "--trust", "acme_rules")
    assert done.returncode == ExitCode.REFUSED
    assert "stands in the repository itself" in done.stderr
    assert not (root / "acme_rules/ran").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("transforms = ()\n", "has no `transforms`"),
        ("transforms = (1,)\n", "has no `transforms`"),
        ("1 / 0\n", "cannot be imported: ZeroDivisionError"),
        (RULES.replace("SSOT950", "SSOT201"), "two rules are called SSOT201"),
    ],
)
def test_a_package_without_rules_is_told(make: Make, run: Run, package: Path, text: str, said: str) -> None:
    """It ends the run before a file is read."""
    (package / "__init__.py").write_text(text)
    make(EXTEND, TEST)
    done = run("plan", "--trust", "acme_rules")
    assert done.returncode == ExitCode.USAGE
    assert said in done.stderr


def test_a_package_that_is_not_there(make: Make, run: Run) -> None:
    """It is named, and so is one that is no name."""
    for name in ("acme_nowhere", "os.path", "../evil", "-c"):
        make(f'extend = ["{name}"]\n', TEST)
        done = run("plan", f"--trust={name}")
        assert done.returncode == ExitCode.USAGE
        assert f"there is no package {name} installed" in done.stderr


def test_a_new_version_makes_a_new_plan(make: Make, run: Run, package: Path) -> None:
    """What is remembered of one state of the package is not taken for another's."""
    make(EXTEND, TEST)
    options = ("--trust", "acme_rules", "--format", "lines")
    assert "wait for what" in run("plan", *options).stdout
    (package / "__init__.py").write_text(RULES.replace("wait for what you wait for", "do not"))
    code = "import sys; from ssot_migrate.cli import main; main(sys.argv[1:])"
    done = subprocess.run(
        [sys.executable, "-c", code, "plan", str(package.parents[1] / "repo"), *options],
        env={**os.environ, "PYTHONPATH": str(package.parent)},
        capture_output=True,
        text=True,
        check=True,
    )
    assert "advice: do not" in done.stdout
