"""Branches that are there already: found again, refused, or replaced when told to, never lost."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ssot_migrate.errors import Refused
from ssot_migrate.plans.model import Plan
from ssot_migrate.plans.outcome import Branch

Git = Callable[..., str]
Applier = Callable[..., tuple[Branch, ...]]


def test_the_same_plan_gives_the_same_commits(plan: Plan, apply: Applier, git: Git) -> None:
    """Applying again finds all branches there; after deleting them the very same commits return."""
    first = apply(plan)
    again = apply(plan)
    assert [branch.existed for branch in again] == [True] * 3
    assert [branch.commit for branch in again] == [branch.commit for branch in first]
    for branch in first:
        git("update-ref", "-d", branch.ref)
    assert apply(plan) == first


def test_missing_branches_are_added_to_standing_ones(plan: Plan, apply: Applier, git: Git) -> None:
    """A branch that is gone is written again on the foundation that is there."""
    foundation, api, web = apply(plan)
    git("update-ref", "-d", web.ref)
    assert [branch.existed for branch in apply(plan)] == [True, True, False]
    assert git("rev-parse", web.ref) == web.commit
    git("update-ref", "-d", foundation.ref)
    assert [branch.existed for branch in apply(plan)] == [False, True, True]


def test_another_persons_equal_branch_stands(
    plan: Plan, apply: Applier, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The same content by another committer is the same branch, and what is added builds on it."""
    monkeypatch.setenv("GIT_COMMITTER_NAME", "Somebody Else")
    foundation, api = apply(plan, services={"api"})
    monkeypatch.delenv("GIT_COMMITTER_NAME")
    found, again, web = apply(plan)
    assert (found.commit, again.commit, web.parent) == (foundation.commit, api.commit, foundation.commit)


def test_another_branch_of_that_name_is_refused(plan: Plan, apply: Applier, git: Git) -> None:
    """Work on a branch of ours is not lost: refused, nothing written; ``force`` replaces just that one."""
    foundation, api, web = apply(plan)
    git("update-ref", web.ref, plan.base)
    git("update-ref", "-d", api.ref)
    with pytest.raises(Refused, match="ssot/web/.* other content") as caught:
        apply(plan)
    assert "--force" in caught.value.hint
    assert git("for-each-ref", "refs/heads/ssot/api") == ""
    assert [branch.existed for branch in apply(plan, force=True)] == [True, False, False]
    assert git("rev-parse", web.ref) == web.commit


def test_a_branch_that_is_checked_out_is_never_moved(
    plan: Plan, apply: Applier, git: Git, tmp_path: Path
) -> None:
    """Even ``force`` does not change a branch under somebody's working tree."""
    *_, web = apply(plan)
    git("worktree", "add", "--quiet", str(tmp_path / "side"), web.ref.removeprefix("refs/heads/"))
    (tmp_path / "side/new.py").touch()
    git("-C", str(tmp_path / "side"), "add", "new.py")
    git("-C", str(tmp_path / "side"), "commit", "--quiet", "-m", "mine")
    with pytest.raises(Refused, match="checked out") as caught:
        apply(plan, force=True)
    assert "side" in caught.value.hint


def test_a_symbolic_ref_is_not_written_through(plan: Plan, apply: Applier, git: Git) -> None:
    """``force`` replaces a symbolic ref itself, not the branch that it points to."""
    *_, web = apply(plan)
    git("update-ref", "-d", web.ref)
    git("symbolic-ref", web.ref, "refs/heads/main")
    apply(plan, force=True)
    assert git("rev-parse", "main") == plan.base
    assert git("rev-parse", web.ref) == web.commit


@pytest.mark.parametrize("name", ["ssot", "ssot/api"])
def test_a_branch_in_the_way_refuses_all(plan: Plan, apply: Applier, git: Git, name: str) -> None:
    """Where a branch blocks the namespace, no branch is written and the message names it."""
    git("branch", name)
    with pytest.raises(Refused, match=name):
        apply(plan)
    assert git("for-each-ref", "--format=%(refname)", "refs/heads/ssot/") in {"", f"refs/heads/{name}"}


def test_a_lock_refuses_all(plan: Plan, apply: Applier, git: Git, root: Path) -> None:
    """A lock left by a killed git refuses every branch, with a hint."""
    lock = root / f".git/refs/heads/ssot/web/{plan.digest[:12]}.lock"
    lock.parent.mkdir(parents=True)
    lock.touch()
    with pytest.raises(Refused) as caught:
        apply(plan)
    assert "remove that file" in caught.value.hint
    assert git("for-each-ref", "refs/heads/ssot") == ""
