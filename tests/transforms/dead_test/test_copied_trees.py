"""Copies of test trees: which of two is the copy, as the repository's settings tell."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from ssot_migrate.workflow import Request, make_plan

TESTS = "import shop\n\n\ndef test_one():\n    assert shop.A\n\n\ndef test_two():\n    assert shop.B\n"
MORE = TESTS.replace("test_", "test_more_")
SUITE = {
    "shop.py": "A = B = 1\n",
    "tests/cases/test_a.py": TESTS,
    "tests/cases/test_b.py": MORE,
}
COPIES = {"v1/cases/test_a.py": TESTS, "v1/cases/test_b.py": MORE}
Say = Callable[[Mapping[str, str]], list[str]]


@pytest.fixture
def say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Say:
    """Commit files, and give what the rule says of each; scans of earlier commits are remembered."""
    monkeypatch.setenv("SSOT_MIGRATE_CACHE", str(tmp_path / "cache"))
    root = tmp_path / "repo"
    root.mkdir()

    def said(files: Mapping[str, str]) -> list[str]:
        for path, text in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text)
        for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "more"]):
            subprocess.run(["git", "-C", str(root), *arguments], check=True, capture_output=True)
        plan = make_plan(Request(str(root), rules=("dead-test",)), lambda *_: None)
        return [f"{finding.path}: {finding.message}" for finding in plan.findings]

    return said


def test_the_copy_is_what_is_not_collected(say: Say) -> None:
    """A tree outside of ``testpaths`` is the copy of one inside; nothing is said before it is there."""
    assert say({**SUITE, "pytest.ini": "[pytest]\ntestpaths = tests\n"}) == []
    first, second = say(COPIES)
    assert first.startswith("v1/cases/test_a.py: a backup copy, which is not collected")
    assert "stand in tests/cases/test_a.py" in first
    assert "2 files of v1/cases in tests/cases" in first
    assert second.startswith("v1/cases/test_b.py: ")


def test_where_nothing_tells_which_is_the_copy_both_are_named(say: Say) -> None:
    """One finding for each pair of files."""
    found = say({**SUITE, **COPIES})
    assert len(found) == 2
    assert all("one of two things is the copy" in line and "tests/cases/test_" in line for line in found)


@pytest.mark.parametrize(
    "other",
    [
        {"v1/cases/test_a.py": TESTS},
        {path: text.replace("shop", "till") for path, text in COPIES.items()},
        {path: text.replace("assert", "assert not") for path, text in COPIES.items()},
    ],
    ids=["one file", "other code under test", "other tests"],
)
def test_no_copies(say: Say, other: Mapping[str, str]) -> None:
    """A single file of the same name, tests of another module, and other tests of the same name."""
    assert say({**SUITE, "till.py": "A = B = 0\n", **other}) == []


@pytest.mark.parametrize(
    "name", ["test_a.py.bak", "test_a.py.orig", "test_a.py~", "test_a.py.old2", "test_a.py_backup"]
)
def test_a_file_put_aside(say: Say, name: str) -> None:
    """Its suffix keeps it from being collected; the live file is named, if there is one."""
    (found,) = say({**SUITE, f"tests/cases/{name}": TESTS, "tests/cases/notes.py.bak": "X = 1\n"})
    assert found.startswith(f"tests/cases/{name}: a backup copy of tests/cases/test_a.py")
