"""Migrated commands and scripts are executed before and after: same exit status, same tests."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from ssot_migrate.findings import State
from ssot_migrate.workflow import Request, apply_plan, make_plan

TESTS = """\
import os

import pytest

from tests import helpers


def test_small():
    assert helpers.ANSWER == 42


@pytest.mark.filterwarnings("ignore")
def test_told(record_property):
    record_property("told", os.environ.get("TOLD", "pass"))
    assert os.environ.get("TOLD", "pass") == "pass"


if __name__ == "__main__":
    IN_PROCESS
"""
ORDERED = """\
import pytest

seen = []


@pytest.mark.integration
def test_first():
    import yaml

    seen.append(yaml.safe_load("1"))


def test_second():
    assert seen == [1]
"""
MAKEFILE = """\
module:
	python -m pytest tests -v --tb=short
bare:
	pytest --exitfirst tests/unit -k "small or told"
coverage-like:
	python -u -W ignore -m pytest tests/unit/test_a.py::test_told -q
variables:
	python -m pytest $(ARGS)
nothing:
	python -m pytest tests -k nothing_is_called_so
place:
	$(WHERE)/bin/pytest -q tests/unit --durations=2
report:
	python -m pytest tests/unit/test_a.py --junit-xml=own.xml
"""
SCRIPT = '#!/bin/sh\ncd "$(dirname "$0")/.."\npython -m pytest tests --maxfail=1 "$@"\n'
TOOL = """\
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
command = [sys.executable, "-m", "pytest", "tests"]
command += sys.argv[1:]
sys.exit(subprocess.call(command, cwd=ROOT))
"""
FORWARDS = "import sys\n\nimport pytest\n\nsys.exit(pytest.main(sys.argv[1:]))\n"
PUT_ON_PATH = """\
import os
import sys

import pytest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))


def test_here():
    assert os.environ.get("TOLD", "pass") == "pass"


if __name__ == "__main__":
    sys.exit(pytest.main([__file__, "-q"]))
"""


BIN = Path(sys.executable).parent


class Ran(NamedTuple):
    """What a process ended with and which tests it reported, with their outcomes."""

    status: int
    tests: frozenset[tuple[str, str]]


def repository(root: Path, in_process: str = "pass") -> Path:
    """A committed repository with a small suite and everything that starts it."""
    files = {
        "tests/__init__.py": "",
        "tests/helpers.py": "ANSWER = 42\n",
        "tests/unit/__init__.py": "",
        "tests/unit/test_ordered.py": ORDERED,
        "tests/yaml/__init__.py": "",
        "tests/unit/test_a.py": TESTS.replace("IN_PROCESS", in_process),
        "Makefile": MAKEFILE,
        "scripts/ci.sh": SCRIPT,
        "tools/run.py": TOOL,
        "run_tests.py": FORWARDS,
        "checks/test_put.py": PUT_ON_PATH,
    }
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "base"]):
        subprocess.run(["git", "-C", str(root), *arguments], check=True)
    return root


def migrated(root: Path) -> Path:
    """The repository after the rule was applied in place, changes for review too."""
    asked = Request(path=str(root), rules=("direct-runner",), use_cache=False, include_review=True)
    plan = make_plan(asked, lambda *_: None)
    apply_plan(plan, Request(path=str(root)), in_place=True)
    return root


def told_of(case: ET.Element) -> list[str]:
    """What a report tells of a test, except that the runner knows it to be flaky: here it has to be."""
    return [part.tag for part in case if [each.get("name") for each in part] != ["flaky"]]


def run(root: Path, command: list[str], told: str, report: Path, folder: str = "") -> Ran:
    """Run ``command`` in ``folder`` of ``root``; pytest is asked for a report by its environment."""
    report.unlink(missing_ok=True)
    path = f"{BIN}{os.pathsep}{os.environ['PATH']}"
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("PYTEST", "PYTHON", "COV"))
    }
    environment = {**kept, "PATH": path, "TOLD": told, "PYTHONDONTWRITEBYTECODE": "1"}
    environment["PYTEST_ADDOPTS"] = f"--junitxml={report}"
    process = subprocess.run(command, cwd=root / folder, env=environment, capture_output=True, timeout=120)
    cases = ET.parse(report).iter("testcase") if report.exists() else ()
    return Ran(
        process.returncode,
        frozenset((f"{case.get('classname')}::{case.get('name')}", "".join(told_of(case))) for case in cases),
    )


@pytest.fixture(scope="module")
def pair(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """The same repository before and after."""
    return (
        repository(tmp_path_factory.mktemp("before")),
        migrated(repository(tmp_path_factory.mktemp("after"))),
    )


def test_everything_was_migrated(pair: tuple[Path, Path]) -> None:
    """No line of the migrated files starts pytest by itself any more."""
    _, after = pair
    for path in ("Makefile", "scripts/ci.sh", "tools/run.py", "run_tests.py", "checks/test_put.py"):
        text = (after / path).read_text()
        assert "unified_test_runner" in text
        assert "pytest.main" not in text
        assert "-m pytest" not in text


def test_nothing_that_can_turn_red_is_safe(pair: tuple[Path, Path]) -> None:
    """Every start of the example passes its exit status on, so each is held until somebody asks for it."""
    before, _ = pair
    asked = Request(path=str(before), rules=("direct-runner",), use_cache=False)
    states = {finding.state for finding in make_plan(asked, lambda *_: None).findings}
    assert states == {State.HELD}


def test_a_run_of_skipped_tests_is_where_they_differ(pair: tuple[Path, Path], tmp_path: Path) -> None:
    """It ends with 0 before and with 5 after, which is why the changes above are for review."""
    for root, status in zip(pair, (0, 5), strict=True):
        skipping = root / "tests/skipped"
        skipping.mkdir()
        (skipping / "test_s.py").write_text(
            "import pytest\n\npytestmark = pytest.mark.skip\n\n\ndef test(): 1 / 0\n"
        )
        found = run(root, ["make", "-s", "variables", "ARGS=tests/skipped"], "pass", tmp_path / "report.xml")
        assert (found.status == 0) is (status == 0)  # make has a status of its own for a failed recipe
        assert len(found.tests) == 1
        shutil.rmtree(skipping)


def test_nothing_is_left_to_say(pair: tuple[Path, Path]) -> None:
    """The migrated repository has no finding of the rule: the unified runner is no old one."""
    _, after = pair
    for arguments in (["add", "-A"], ["commit", "-q", "-m", "migrated"]):
        subprocess.run(["git", "-C", str(after), *arguments], check=True)
    again = Request(path=str(after), rules=("direct-runner",), use_cache=False)
    told = [f for f in make_plan(again, lambda *_: None).findings if f.state is not State.SUPPRESSED]
    assert told == []


COMMANDS = {
    "make module": (["make", "-s", "module"], ""),
    "make bare": (["make", "-s", "bare"], ""),
    "make node": (["make", "-s", "coverage-like"], ""),
    "make variables": (["make", "-s", "variables", "ARGS=-v tests/unit -rA"], ""),
    "make place": (["make", "-s", "place", f"WHERE={BIN.parent}"], ""),
    "make without cache": (["make", "-s", "variables", "ARGS=-p no:cacheprovider tests"], ""),
    "make strict": (["make", "-s", "variables", "ARGS=-W error --strict-markers -rs tests"], ""),
    "make no variables": (["make", "-s", "variables"], ""),
    "make nothing": (["make", "-s", "nothing"], ""),
    "script elsewhere": (["sh", "../scripts/ci.sh", "-q"], "tools"),
    "tool elsewhere": ([sys.executable, "run.py", "-k", "told"], "tools"),
    "tool, unknown option": ([sys.executable, "run.py", "--no-such-option"], "tools"),
    "forwards": ([sys.executable, "run_tests.py", "tests", "-x"], ""),
    "forwards nothing": ([sys.executable, "run_tests.py", "tests/gone.py"], ""),
    "by path": ([sys.executable, "checks/test_put.py"], ""),
    "by path, from its folder": ([sys.executable, "test_put.py"], "checks"),
    "as a module": ([sys.executable, "-m", "checks.test_put"], ""),
}


@pytest.mark.heavy
@pytest.mark.parametrize("told", ["pass", "fail"])
@pytest.mark.parametrize("name", COMMANDS)
def test_same_status_and_tests(
    pair: tuple[Path, Path], name: str, told: str, tmp_path: Path, needs: Callable[[str], str]
) -> None:
    """A suite that passes, one that fails and one that runs nothing end as they did, with the same tests."""
    command, folder = COMMANDS[name]
    needs(command[0])
    before, after = (run(root, command, told, tmp_path / "report.xml", folder) for root in pair)
    assert after == before
