"""Conflicts with other people's branches are told before there is a branch of ours."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ssot_migrate.git.branches import prepare_branches
from ssot_migrate.git.forecast import forecast
from ssot_migrate.git.repository import Repository
from ssot_migrate.plans.apply import replay
from ssot_migrate.plans.model import Plan
from ssot_migrate.plans.outcome import Forecast

Git = Callable[..., str]
Foresee = Callable[[], Forecast]


@pytest.fixture
def foresee(repo: Repository, plan: Plan) -> Foresee:
    """The forecast for the branches of a plan, none of which is written."""

    def run() -> Forecast:
        base = repo.read_files(plan.base, [file.path for file in plan.files])
        return forecast(repo, plan.base, prepare_branches(repo, plan, replay(plan, base.get)).branches)

    return run


@pytest.fixture
def branch(git: Git, commit: Callable[..., str]) -> Callable[..., str]:
    """Commit files on a new branch, and go back to main."""

    def make(name: str, files: dict[str, bytes]) -> str:
        git("checkout", "--quiet", "-b", name)
        made = commit(files)
        git("checkout", "--quiet", "main")
        return made

    return make


def test_a_branch_that_edits_the_same_lines_conflicts(foresee: Foresee, branch: Callable[..., str]) -> None:
    """Service, branch, its author and the files are named; other services are not."""
    branch("feature", {"api/a.py": b"import os, sys\n"})
    found = foresee()
    assert [(c.service, c.other, c.author, c.paths) for c in found.conflicts] == [
        ("api", "refs/heads/feature", "Test", ("api/a.py",))
    ]
    assert found.looked_at == 1


def test_a_deleted_file_conflicts_and_another_place_does_not(
    foresee: Foresee, branch: Callable[..., str], git: Git, root: Path
) -> None:
    """What a person deleted cannot be merged with an edit; a file that only they touch can."""
    branch("elsewhere", {"top.txt": b"more\n"})
    git("checkout", "--quiet", "-b", "gone")
    (root / "web/b.py").unlink()
    git("commit", "--quiet", "-am", "away with it")
    git("checkout", "--quiet", "main")
    found = foresee()
    assert [(c.service, c.other, c.certain) for c in found.conflicts] == [("web", "refs/heads/gone", True)]
    assert found.looked_at == 2


def test_what_conflicts_without_us_is_none_of_ours(
    repo: Repository, git: Git, commit: Callable[..., str], request: pytest.FixtureRequest
) -> None:
    """A branch that does not merge with the base itself, in a file that is no business of ours."""
    git("checkout", "--quiet", "-b", "feature")
    commit({"top.txt": b"theirs\n", "api/a.py": b"import os, sys\n"})
    git("checkout", "--quiet", "main")
    commit({"top.txt": b"ours\n"})
    foresee: Foresee = request.getfixturevalue("foresee")
    (found,) = foresee().conflicts
    assert (found.service, found.paths) == ("api", ("api/a.py",))


def test_a_file_that_they_have_renamed(foresee: Foresee, git: Git) -> None:
    """The conflict is under its new name."""
    git("checkout", "--quiet", "-b", "feature")
    git("mv", "api/a.py", "api/renamed.py")
    (root_of(git) / "api/renamed.py").write_bytes(b"import os, sys\n")
    git("commit", "--quiet", "-am", "renamed")
    git("checkout", "--quiet", "main")
    assert [conflict.service for conflict in foresee().conflicts] == ["api"]


def root_of(git: Git) -> Path:
    """Where git runs."""
    return Path(git("rev-parse", "--show-toplevel").strip())


def test_the_repository_is_as_it_was(
    foresee: Foresee, branch: Callable[..., str], git: Git, root: Path
) -> None:
    """The merge is in memory: no ref, and no object but the commits of the branches themselves."""
    branch("feature", {"api/a.py": b"import os, sys\n"})
    foresee()
    before = (git("for-each-ref"), git("count-objects", "-v"), git("status", "--porcelain"))
    assert foresee().conflicts
    assert (git("for-each-ref"), git("count-objects", "-v"), git("status", "--porcelain")) == before


def test_merged_branches_and_our_own_are_not_looked_at(
    foresee: Foresee, branch: Callable[..., str], git: Git
) -> None:
    """What HEAD holds already cannot conflict, and branches of an earlier plan are not other people's."""
    git("branch", "merged")
    branch("ssot/api/0123456789ab", {"api/a.py": b"import old\n"})
    assert foresee() == Forecast()


def test_an_old_git_says_who_touches_the_same_files(
    foresee: Foresee, branch: Callable[..., str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Without ``merge-tree --write-tree`` the forecast is not certain, and says so."""
    branch("feature", {"api/a.py": b"import os, sys\n"})
    old = tmp_path / "bin" / "git"
    old.parent.mkdir()
    old.write_text(
        '#!/bin/sh\nfor word; do [ "$word" = --write-tree ] && exit 129; done\nexec /usr/bin/git "$@"\n'
    )
    old.chmod(0o755)
    monkeypatch.setenv("PATH", f"{old.parent}:/usr/bin:/bin")
    assert [(c.other, c.certain) for c in foresee().conflicts] == [("refs/heads/feature", False)]
