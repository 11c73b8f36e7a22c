"""A branch is taken apart: what its plan makes, what people added, and what should not be there."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from ssot_migrate.errors import PlanStale, Refused, UsageError
from ssot_migrate.git.repository import Repository
from ssot_migrate.git.undo import undo
from ssot_migrate.workflow import Request, apply_plan, make_plan
from ssot_migrate.workflow.attesting import Attested, attest
from ssot_migrate.workflow.rebasing import Rebased, plan_rebase, rebase

CONF = 'import os\n\n\ndef url():\n    return os.environ.get("APP_URL", "none")\n'
MORE = '\n\ndef more():\n    return os.environ["MORE"]\n'


def silent(stage: str, done: int, total: int) -> None:
    """Report nothing."""


@pytest.fixture
def root(lay: Callable[..., Path]) -> Path:
    """A repository with one thing to migrate."""
    return lay({"app/__init__.py": "", "app/conf.py": CONF, "notes.txt": "a\nb\nc\n"})


@pytest.fixture
def git(root: Path) -> Callable[..., str]:
    """Run git there."""
    return lambda *words: subprocess.check_output(["git", "-C", str(root), *words], text=True).strip()


@pytest.fixture
def branch(root: Path) -> str:
    """The branch that the migration of ``app`` gives."""
    request = Request(str(root))
    applied = apply_plan(make_plan(request, silent), request)
    return next(w.branch.ref for w in applied.branches if w.branch.service == "app")


@pytest.fixture
def commit(root: Path, tmp_path: Path) -> Callable[..., str]:
    """Commit a text to a file on a branch, in a working tree of its own."""

    def write(ref: str, name: str, text: str, message: str = "by hand", *options: str) -> str:
        place, short = tmp_path / "hand", ref.removeprefix("refs/heads/")
        run = ["git", "-C", str(root), "worktree"]
        subprocess.run([*run, "add", "--quiet", str(place), short], check=True)
        (place / name).write_text(text)
        subprocess.run(["git", "-C", str(place), "add", "--all"], check=True)
        subprocess.run(["git", "-C", str(place), "commit", "-q", "-m", message, *options], check=True)
        made = subprocess.check_output(["git", "-C", str(place), "rev-parse", "HEAD"], text=True).strip()
        subprocess.run([*run, "remove", "--force", str(place)], check=True)
        return made

    return write


def attested(root: Path, ref: str) -> Attested:
    """What is found of a branch."""
    return attest(ref, Request(str(root)), silent)


def test_a_branch_as_written_holds(root: Path, branch: str) -> None:
    """All of its commits, those of the branch below included, and the plan itself are derived anew."""
    found = attested(root, branch)
    assert (found.holds, found.service, found.commits, found.files, found.clusters) == (True, "app", 2, 1, 1)
    assert found.others == ()


def test_people_s_commits_are_listed_apart(root: Path, branch: str, commit: Callable[..., str]) -> None:
    """With author, subject and files."""
    made = commit(branch, "notes.txt", "other\n")
    found = attested(root, branch)
    assert found.holds
    assert [(o.commit, o.author, o.subject, o.paths) for o in found.others] == [
        (made, "Test", "by hand", ("notes.txt",))
    ]


def test_a_commit_that_changes_nothing_is_listed_and_carried(
    root: Path, branch: str, git: Callable[..., str], commit: Callable[..., str]
) -> None:
    """Though the branch has the very content of its plan with it, and without."""
    commit(branch, "notes.txt", "a\nb\nc\n", "looked at", "--allow-empty")
    assert [other.subject for other in attested(root, branch).others] == ["looked at"]
    (root / "notes.txt").write_text("moved\n")
    git("commit", "--all", "--quiet", "-m", "moved")
    assert rebased(root, branch).carried == 1
    assert git("log", "-1", "--format=%s", branch) == "looked at"


def test_a_detour_does_not_hold(root: Path, branch: str, git: Callable[..., str]) -> None:
    """A branch whose content is that of the plan, by commits that are not: its history is another."""
    tree, base = git("rev-parse", f"{branch}^{{tree}}"), git("rev-parse", "main")
    message = git("log", "-1", "--format=%B", branch)
    evil = git("commit-tree", git("rev-parse", "main^{tree}"), "-p", base, "-m", "harmless")
    git("update-ref", branch, git("commit-tree", tree, "-p", evil, "-m", message))
    assert not attested(root, branch).holds


def test_a_branch_that_is_checked_out_is_taken_apart_as_well(
    root: Path, branch: str, git: Callable[..., str], commit: Callable[..., str]
) -> None:
    """Nothing of it would change."""
    commit(branch, "notes.txt", "other\n")
    git("switch", "--quiet", branch.removeprefix("refs/heads/"))
    found = attested(root, branch)
    assert (found.holds, len(found.others)) == (True, 1)


def test_a_changed_commit_of_the_plan_does_not_hold(
    root: Path, branch: str, git: Callable[..., str], commit: Callable[..., str]
) -> None:
    """What was slipped in is named."""
    commit(branch, "notes.txt", "slipped in\n", git("log", "-1", "--format=%B", branch), "--amend")
    found = attested(root, branch)
    assert not found.holds
    assert found.differs == ("notes.txt",)


def test_a_commit_that_claims_to_be_of_the_plan_does_not_hold(
    root: Path, branch: str, git: Callable[..., str], commit: Callable[..., str]
) -> None:
    """Trailers are easily copied."""
    commit(branch, "notes.txt", "slipped in\n", git("log", "-1", "--format=%B", branch))
    found = attested(root, branch)
    assert not found.holds
    assert "names the plan" in found.differs[0]


def test_a_plan_by_hand_does_not_hold(root: Path, tmp_path: Path) -> None:
    """A branch that fits its plan is no proof, if the rules do not make that plan."""
    import msgspec

    from ssot_migrate.plans.store import save, seal

    request = Request(str(root))
    plan = make_plan(request, silent)
    forged = seal(msgspec.structs.replace(plan, findings=plan.findings[:-1], digest=""))
    applied = apply_plan(forged, request)
    save(forged, tmp_path / "plan.json")
    found = attest(applied.branches[-1].branch.ref, request, silent, str(tmp_path / "plan.json"))
    assert not found.differs
    assert not found.holds


def test_without_its_plan_one_is_made(root: Path, branch: str, git: Callable[..., str]) -> None:
    """As in another clone; with other options it is another plan, and said to be."""
    for path in (root / ".git" / "ssot-migrate" / "plans").iterdir():
        path.unlink()
    assert attested(root, branch).holds
    with pytest.raises(PlanStale, match="gives the plan"):
        attest(branch, Request(str(root), rules=("ad-hoc-mock",)), silent)
    with pytest.raises(UsageError, match="no commit of this tool"):
        attested(root, "HEAD")


def rebased(root: Path, ref: str) -> Rebased:
    """The branch, made anew on HEAD."""
    request = Request(str(root))
    rebasing = plan_rebase(ref, request, silent)
    return rebase(rebasing, rebasing.plan, request)


def test_a_branch_moves_to_the_new_base(
    root: Path, branch: str, git: Callable[..., str], commit: Callable[..., str]
) -> None:
    """Planned anew under its name, people's commits as they were; told is what is new; undo takes it back."""
    made = commit(branch, "notes.txt", "a\nb\nc\nby hand\n", "by hand", "--author=Ann <ann@example.invalid>")
    refs = git("for-each-ref")
    (root / "app" / "conf.py").write_text(CONF + MORE)
    (root / "notes.txt").write_text("moved\na\nb\nc\n")
    git("commit", "--all", "--quiet", "-m", "moved")
    found = rebased(root, branch)
    assert [finding.scope for finding in found.since.new] == ["more"]
    assert (found.since.same, found.since.gone, found.since.altered, found.carried) == (1, (), (), 1)
    assert git("show", f"{branch}:notes.txt") == "moved\na\nb\nc\nby hand"
    assert "os.environ" not in git("show", f"{branch}:app/conf.py")
    kept = "--format=%an %ae %ad %s"
    assert git("log", "-1", kept, branch) == git("log", "-1", kept, made)
    after = attested(root, branch)
    assert (after.holds, after.base, len(after.others)) == (True, git("rev-parse", "HEAD"), 1)
    assert [name.split("/")[3] for name in found.others] == ["foundation"]
    undo(Repository.open(root), branch)
    assert git("for-each-ref").replace(git("rev-parse", "HEAD"), git("rev-parse", "HEAD^")) == refs


def test_a_commit_that_does_not_fit_ends_it(
    root: Path, branch: str, git: Callable[..., str], commit: Callable[..., str]
) -> None:
    """It is named with the file, and no ref has moved."""
    made = commit(branch, "notes.txt", "theirs\n")
    (root / "notes.txt").write_text("ours\n")
    git("commit", "--all", "--quiet", "-m", "moved")
    before = git("for-each-ref")
    with pytest.raises(Refused, match=rf"{made[:12]} does not fit the new branch: notes\.txt"):
        rebased(root, branch)
    assert git("for-each-ref") == before


def test_a_second_rebase_moves_the_branch_below_again(
    root: Path, branch: str, git: Callable[..., str]
) -> None:
    """Though its name is that of the first plan."""
    for text in ("one\n", "two\n"):
        (root / "notes.txt").write_text(text)
        git("commit", "--all", "--quiet", "-m", "moved")
        assert len(rebased(root, branch).others) == 1
    assert attested(root, branch).holds
