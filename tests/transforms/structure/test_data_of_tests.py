"""Python files that tests read as data are not edited as if they were code of the tests."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from ssot_migrate.findings import State
from ssot_migrate.workflow import Request, make_plan

CASE = "import os\nimport unittest\n\n\nclass Thing(unittest.TestCase):\n    A = os.getenv('A')\n"
HELPER = (
    "def look_busy(names):\n    found = {}\n    for name in names:\n"
    "        found[name] = len(name) + 1\n    return sorted(found.items())\n"
)


def states(root: Path, files: dict[str, str], *rules: str) -> dict[str, set[State]]:
    """The states of the findings of ``rules``, by path."""
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text)
    for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "base"]):
        subprocess.run(["git", "-C", str(root), *arguments], check=True, capture_output=True)
    found: dict[str, set[State]] = {}
    for finding in make_plan(Request(str(root), rules=rules, use_cache=False), lambda *_: None).findings:
        found.setdefault(finding.path, set()).add(finding.state)
    return found


@pytest.mark.parametrize("rule", ["direct-env-access", "legacy-base-class"])
def test_what_nobody_imports_and_pytest_does_not_collect_is_held(tmp_path: Path, rule: str) -> None:
    """A helper that a test imports, and a test, change; an input of a linter's tests waits."""
    files = {
        "conftest.py": "",
        "tests/__init__.py": "",
        "tests/test_a.py": f"from tests import helper\n{CASE}\n    def test_a(self):\n        assert 1\n",
        "tests/helper.py": CASE,
        "tests/data/input.py": CASE,
    }
    found = states(tmp_path, files, rule)
    assert found["tests/data/input.py"] == {State.HELD}
    assert State.CHANGED in found["tests/test_a.py"]
    assert State.CHANGED in found["tests/helper.py"]


def test_copies_in_data_stay(tmp_path: Path) -> None:
    """Inputs of a duplicate finder are copies on purpose."""
    files = {f"tests/data/{name}.py": HELPER for name in ("first", "second")}
    found = states(
        tmp_path, {"conftest.py": "", "tests/test_a.py": "def test_a():\n    assert 1\n", **files}, "SSOT703"
    )
    assert set().union(*found.values()) == {State.ADVICE}
