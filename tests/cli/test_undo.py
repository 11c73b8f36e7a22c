"""``undo`` and ``conflicts`` as users call them, on a real repository."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import example
from ssot_migrate.errors import ExitCode

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def run(tmp_path: Path) -> Run:
    """Call the command in a repository with one legacy file in one service."""
    env = example.environment(tmp_path, PYTHONPATH=":".join(filter(None, sys.path)))
    root = tmp_path / "repo"
    (root / "app").mkdir(parents=True)
    (root / "app" / "__init__.py").write_text("")
    (root / "app" / "config.py").write_text('import os\n\nA = os.environ["A"]\n')
    for words in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-qm", "base"]):
        identity = ["-c", "user.name=Ada", "-c", "user.email=ada@example.invalid"]
        example.run(["git", *identity, *words], root, env)

    def call(*words: str) -> subprocess.CompletedProcess[str]:
        program = ["git", "-c", "user.name=Ada", "-c", "user.email=ada@example.invalid", *words[1:]]
        command = program if words[0] == "git" else [sys.executable, "-m", "ssot_migrate", *words]
        return subprocess.run(command, cwd=root, env=env, capture_output=True, text=True, check=False)

    return call


def test_undo_takes_back_branches_and_reports(run: Run, tmp_path: Path) -> None:
    """After ``undo --last`` the repository has the refs that it had, and no report is left."""
    before = run("git", "for-each-ref").stdout
    assert run("apply", "--include", "review").returncode == ExitCode.OK
    assert list((tmp_path / "repo/.git/ssot-migrate/reports").rglob("report.md"))
    done = run("undo", "--last")
    assert done.returncode == ExitCode.OK, done.stderr
    assert "undone: ssot/app/" in done.stdout
    assert run("git", "for-each-ref").stdout == before
    assert not (tmp_path / "repo/.git/ssot-migrate/reports").exists()
    assert run("undo", "--last").returncode == ExitCode.USAGE


def test_what_was_applied_twice_is_undone_at_once(run: Run, tmp_path: Path) -> None:
    """The second run finds its branches there, and says as well that `undo --last` takes all back."""
    before = run("git", "for-each-ref").stdout
    run("apply", "--include", "review")
    again = run("apply", "--include", "review")
    assert "was there already" in again.stdout
    assert "`ssot-migrate undo --last` takes it all back" in again.stdout
    assert run("undo", "--last").returncode == ExitCode.OK
    assert run("git", "for-each-ref").stdout == before
    assert not (tmp_path / "repo/.git/ssot-migrate/reports").exists()
    assert run("undo", "--last").returncode == ExitCode.USAGE


def test_undo_leaves_a_branch_that_moved(run: Run) -> None:
    """The branch is named, and the exit code says that something was left."""
    run("apply", "--include", "review")
    ref = run("git", "for-each-ref", "--format=%(refname:short)", "refs/heads/ssot/app").stdout.strip()
    run("git", "switch", "-q", ref)
    run("git", "commit", "-q", "--allow-empty", "-m", "mine")
    run("git", "switch", "-q", "main")
    done = run("undo", ref, "--format", "json")
    assert done.returncode == ExitCode.PARTIAL
    assert [left["name"] for left in json.loads(done.stdout)["left"]] == [f"refs/heads/{ref}"]
    assert run("git", "rev-parse", "--verify", ref).returncode == 0


@pytest.mark.parametrize("words", [[], ["some/branch", "--last"]])
def test_undo_wants_one_thing_to_undo(run: Run, words: list[str]) -> None:
    """Neither nothing nor two things are guessed at."""
    assert run("undo", *words).returncode == ExitCode.USAGE


def test_conflicts_are_shown_before_there_is_a_branch(run: Run, tmp_path: Path) -> None:
    """Whose branch, and in which file; apply tells the same and puts it into the report."""
    run("git", "switch", "-qc", "feature")
    (tmp_path / "repo/app/config.py").write_text('import os\n\nA = os.environ["A"].strip()\n')
    run("git", "commit", "-qam", "strip")
    run("git", "switch", "-q", "main")
    told = run("conflicts", "--include", "review")
    assert told.stderr == "app would conflict with feature (Ada): app/config.py\n"
    assert run("git", "for-each-ref", "refs/heads/ssot").stdout == ""
    applied = run("apply", "--include", "review", "--format", "json")
    report = json.loads(applied.stdout)["branches"][-1]["report"]
    assert "refs/heads/feature" in Path(report, "report.md").read_text()


def test_no_conflicts_is_said(run: Run) -> None:
    """Silence could mean that nobody looked."""
    assert run("conflicts", "--include", "review").stdout == "no conflicts\n"
