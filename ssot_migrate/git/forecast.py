"""Which new branches would conflict with other people's open ones: merged in memory, seen by nobody."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ssot_migrate.git.history import changes
from ssot_migrate.git.names import NAMESPACE
from ssot_migrate.git.process import GitProcess
from ssot_migrate.git.repository import Repository
from ssot_migrate.plans.outcome import Branch, Conflict, Forecast

MOST = 100
_FIELDS = "%(refname)%00%(objectname)%00%(authorname)%00%(symref)"


class _Open(NamedTuple):
    ref: str
    commit: str
    author: str


def forecast(repo: Repository, base: str, branches: Sequence[Branch]) -> Forecast:
    """Merge each of ``branches`` with every other branch that ``base`` does not contain.

    Branches of this tool are left out. Nothing is written into the repository.
    """
    found = list(_open_branches(repo, base))
    if not found:
        return Forecast()
    with tempfile.TemporaryDirectory() as folder:
        git = _in_memory(repo, folder)
        conflicts = [c for other in found[:MOST] for c in _conflicts(repo, git, base, other, branches)]
    return Forecast(tuple(conflicts), len(found[:MOST]), len(found[MOST:]))


def _open_branches(repo: Repository, base: str) -> Iterator[_Open]:
    """Branches that hold more than ``base``, newest first, each commit once."""
    command = ("for-each-ref", "--sort=-committerdate", f"--format={_FIELDS}", f"--no-merged={base}")
    seen: set[str] = set()
    for line in repo.git.text(*command, "refs/heads/", "refs/remotes/").splitlines():
        ref, commit, author, symbolic = line.split("\0")
        if not symbolic and commit not in seen and not _is_ours(ref):
            seen.add(commit)
            yield _Open(ref, commit, author)


def _is_ours(ref: str) -> bool:
    own = NAMESPACE.removeprefix("refs/heads/")
    return ref.startswith(NAMESPACE) or (ref.startswith("refs/remotes/") and f"/{own}" in ref)


def _in_memory(repo: Repository, folder: str) -> GitProcess:
    """Git that reads the repository's objects and writes new ones into ``folder``."""
    objects = os.path.join(repo.git.folder, repo.git.text("rev-parse", "--git-path", "objects"))
    return repo.git.with_environment(GIT_OBJECT_DIRECTORY=folder, GIT_ALTERNATE_OBJECT_DIRECTORIES=objects)


def _conflicts(
    repo: Repository, git: GitProcess, base: str, other: _Open, branches: Sequence[Branch]
) -> Iterator[Conflict]:
    status, forked = git.status("merge-base", base, other.commit)
    if status:
        return  # histories that have nothing in common are not going to be merged
    theirs = changes(repo, forked.decode().strip(), other.commit).keys()
    touched = [(branch, theirs & set(branch.paths)) for branch in branches]
    # What conflicts with the base as well would do so without us.
    anyway = _merged(git, base, other.commit) if any(both for _, both in touched) else None
    for branch, both in touched:
        if not both:
            continue
        paths = _merged(git, branch.commit, other.commit)
        if paths is None or anyway is None:
            yield Conflict(branch.service, other.ref, other.author, tuple(sorted(both)), certain=False)
        elif ours := paths - anyway:
            yield Conflict(branch.service, other.ref, other.author, tuple(sorted(ours)))


def _merged(git: GitProcess, ours: str, theirs: str) -> set[str] | None:
    """The files in conflict; None where this git cannot merge without a working tree."""
    command = ("merge-tree", "--write-tree", "--name-only", "--no-messages", "-z")
    status, output = git.status(*command, "--end-of-options", ours, theirs)
    if status > 1:
        return None
    return {os.fsdecode(name) for name in output.split(b"\0")[1:] if name} if status else set()
