"""A working tree that has other bytes than git, or none, though nobody has edited it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from ssot_migrate.plans.model import Plan
from ssot_migrate.workflow import Request, make_plan

BASE = "import unittest\n\n\nclass TeamCase(unittest.TestCase):\n    def setUp(self):\n        pass\n"
USER = """import os

from lib.base import TeamCase


class UserTest(TeamCase):
    def test_it(self):
        self.assertEqual(os.environ["A"], "1")  # $Id$
"""
FILES = {"lib/__init__.py": "", "lib/base.py": BASE, "tests/__init__.py": "", "tests/test_user.py": USER}
TREES: dict[str, list[list[str]]] = {
    "line ends by configuration": [
        ["config", "core.autocrlf", "true"],
        ["checkout", "-f", "HEAD", "--", "."],
    ],
    "a sparse checkout": [["sparse-checkout", "set", "tests"]],
    "no working tree file": [["update-index", "--skip-worktree", "lib/base.py", "tests/test_user.py"]],
}
ATTRIBUTES = ["*.py text eol=crlf", "*.py ident", "*.py working-tree-encoding=UTF-16"]
Git = Callable[..., None]


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """Where the repository is."""
    return tmp_path / "repo"


@pytest.fixture
def git(root: Path) -> Git:
    """Run git in the repository, with the files of the test committed."""

    def run(*arguments: str) -> None:
        subprocess.run(["git", "-C", str(root), *arguments], check=True, capture_output=True)

    for path, text in FILES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    run("init", "-q")
    run("add", "-A")
    run("commit", "-q", "-m", "base")
    return run


def plan_of(path: Path, **options: bool) -> Plan:
    """The plan of the commit, without what the folder is called."""
    return make_plan(Request(path=str(path), **options), lambda *progress: None)  # type: ignore[arg-type]


def assert_same_as_bare(root: Path, git: Git, tmp_path: Path) -> None:
    """The plan, made twice, is the one of a repository that has no working tree at all."""
    git("clone", "-q", "--bare", ".", str(tmp_path / "bare.git"))
    wanted = plan_of(tmp_path / "bare.git", use_cache=False)
    assert {file.path for file in wanted.files} >= {"lib/base.py", "tests/test_user.py"}
    for plan in (plan_of(root, use_cache=False), plan_of(root), plan_of(root)):
        assert (plan.files, plan.findings, plan.problems) == (wanted.files, wanted.findings, ())


@pytest.mark.parametrize("state", TREES)
def test_what_the_working_tree_lacks_is_read_from_git(
    root: Path, git: Git, tmp_path: Path, state: str
) -> None:
    """Nothing was edited, so the plan is that of the commit."""
    for command in TREES[state]:
        if command[0] == "checkout":
            for path in FILES:
                (root / path).unlink()
        git(*command)
    if state == "no working tree file":
        (root / "lib/base.py").unlink()
        (root / "tests/test_user.py").write_text("something else", "utf-8")
    assert_same_as_bare(root, git, tmp_path)


@pytest.mark.parametrize("attributes", ATTRIBUTES)
def test_what_git_converts_is_read_from_git(root: Path, git: Git, tmp_path: Path, attributes: str) -> None:
    """Line ends, keywords and encodings that only the working tree has."""
    (root / ".git/info/attributes").write_text(f"{attributes}\n", "utf-8")
    for path in FILES:
        (root / path).unlink()
    git("checkout", "-f", "HEAD", "--", ".")
    changed = (root / "tests/test_user.py").read_bytes() != USER.encode()
    assert changed
    assert_same_as_bare(root, git, tmp_path)
