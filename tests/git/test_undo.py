"""Undoing takes back what a run wrote, and nothing that anybody else did."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ssot_migrate.errors import SsotMigrateError, UsageError
from ssot_migrate.git.inplace import apply_in_place
from ssot_migrate.git.journal import Journal
from ssot_migrate.git.repository import Repository
from ssot_migrate.git.undo import undo
from ssot_migrate.plans.apply import replay
from ssot_migrate.plans.model import Plan
from ssot_migrate.plans.outcome import Branch

Git = Callable[..., str]
Apply = Callable[..., tuple[Branch, ...]]


def refs(git: Git) -> str:
    """All refs and what they point at."""
    return git("for-each-ref", "--format=%(refname) %(objectname)")


def test_a_run_is_taken_back_whole(repo: Repository, git: Git, plan: Plan, apply: Apply) -> None:
    """All branches of the run that wrote the named one go, and the record with them."""
    before = refs(git)
    branches = apply(plan)
    undone = undo(repo, branches[1].ref.removeprefix("refs/heads/"))
    assert set(undone.refs) == {branch.ref for branch in branches}
    assert (refs(git), undone.left) == (before, ())
    with pytest.raises(UsageError, match="no run is on record"):
        undo(repo)


def test_a_branch_with_a_persons_commit_stays(repo: Repository, git: Git, plan: Plan, apply: Apply) -> None:
    """It is named with how far it moved; the other branches go; once it is back, undoing again takes it."""
    branches = apply(plan)
    moved = branches[-1]
    theirs = git("commit-tree", "-p", moved.commit, "-m", "mine", f"{moved.commit}^{{tree}}")
    git("update-ref", moved.ref, theirs)
    undone = undo(repo)
    assert [left.name for left in undone.left] == [moved.ref]
    assert "1 commits" in undone.left[0].reason
    assert git("rev-parse", moved.ref) == theirs
    assert len(undone.refs) == len(branches) - 1
    git("update-ref", moved.ref, moved.commit)
    assert undo(repo).refs == (moved.ref,)


def test_a_branch_that_is_checked_out_stays(repo: Repository, git: Git, plan: Plan, apply: Apply) -> None:
    """Deleting it would leave a working tree on nothing."""
    branches = apply(plan)
    git("checkout", "--quiet", branches[0].ref.removeprefix("refs/heads/"))
    assert [left.name for left in undo(repo).left] == [branches[0].ref]


def test_a_replaced_branch_goes_back_to_what_it_was(
    repo: Repository, git: Git, plan: Plan, apply: Apply
) -> None:
    """What ``--force`` replaced is restored, not deleted."""
    branches = apply(plan)
    git("update-ref", branches[1].ref, plan.base)
    apply(plan, force=True)
    assert undo(repo).refs == (branches[1].ref,)
    assert git("rev-parse", branches[1].ref) == plan.base


def test_a_run_that_wrote_nothing_is_not_on_record(repo: Repository, plan: Plan, apply: Apply) -> None:
    """Applying what is there already adds no record, so undoing still finds the run that wrote it."""
    first = apply(plan)
    assert all(branch.existed for branch in apply(plan))
    assert len(undo(repo).refs) == len(first)


def test_edits_in_place_are_taken_back(repo: Repository, root: Path, git: Git, plan: Plan) -> None:
    """Edited files get their bytes and modes again, created ones go with their folders, changed ones stay."""
    base = repo.read_files(plan.base, [file.path for file in plan.files])
    apply_in_place(repo, replay(plan, base.get).applied)
    assert git("status", "--porcelain") != ""
    (root / "api/a.py").write_bytes(b"somebody's own\n")
    undone = undo(repo)
    assert [Path(left.name) for left in undone.left] == [root / "api/a.py"]
    assert (root / "api/a.py").read_bytes() == b"somebody's own\n"
    git("checkout", "--quiet", "api/a.py")
    assert git("status", "--porcelain") == ""
    assert not (root / "shared").exists()
    assert os.access(root / "api/run.py", os.X_OK)


def test_overwritten_files_outside_of_git_get_their_bytes_again(repo: Repository, tmp_path: Path) -> None:
    """A report that replaced somebody's file of that name gives it back."""
    old, new = tmp_path / "out" / "report.md", tmp_path / "out" / "deep" / "report.json"
    old.parent.mkdir()
    old.write_bytes(b"mine\n")
    journal = Journal.begin(repo.common_dir, "0" * 64)
    journal.announce({old: b"theirs\n", new: b"{}\n"})
    old.write_bytes(b"theirs\n")
    new.parent.mkdir()
    new.write_bytes(b"{}\n")
    assert len(undo(repo).files) == 2
    assert old.read_bytes() == b"mine\n"
    assert not new.parent.exists()


def test_a_run_killed_between_record_and_refs_is_undone(repo: Repository, git: Git, plan: Plan) -> None:
    """A record may say more than was written; undoing it changes nothing and forgets it."""
    script = f"""\
import os, signal
from pathlib import Path
from ssot_migrate.git.journal import Journal
from ssot_migrate.git.refs import RefUpdate
Journal.begin(Path({str(repo.common_dir)!r}), {plan.digest!r}).announce_refs(
    [RefUpdate("refs/heads/ssot/api/x", {plan.base!r})])
os.kill(os.getpid(), signal.SIGKILL)
"""
    done = subprocess.run([sys.executable, "-c", script], check=False)
    assert done.returncode == -signal.SIGKILL
    before = refs(git)
    undone = undo(repo)
    assert (undone.refs, undone.left, refs(git)) == ((), (), before)
    assert list(Journal.all(repo.common_dir)) == []


def test_a_broken_record_is_named(repo: Repository, plan: Plan, apply: Apply) -> None:
    """Nothing is guessed from half a record."""
    apply(plan)
    record = next(Journal.all(repo.common_dir)).path
    record.write_bytes(record.read_bytes()[:20])
    with pytest.raises(SsotMigrateError, match=record.name):
        undo(repo)
