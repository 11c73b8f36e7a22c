"""Where a repository's parts are, whatever git variables this process has inherited."""

from __future__ import annotations

import os
from pathlib import Path
from typing import NamedTuple

from ssot_migrate.errors import GitError, UsageError
from ssot_migrate.git.process import GitProcess

# Set by git for the hooks it runs: they would send us to the hook's repository.
_INHERITED = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE")


class Location(NamedTuple):
    """The folders of a repository; ``work_tree`` is None if it is bare."""

    work_tree: Path | None
    git_dir: Path
    common_dir: Path
    process: GitProcess


def locate(path: Path) -> Location:
    """Find the repository that ``path`` lies in.

    Raises:
        UsageError: there is none, it is somebody else's, or ``path`` lies inside of ``.git``.
    """
    if not path.is_dir():
        raise UsageError(f"{path} is not a folder", hint="name a folder inside a git repository")
    environment = _pinned(path.resolve())
    process = GitProcess(path.resolve(), environment)
    bare, inside, rest = _state(process).split("\n", 2)
    if "true" not in (bare, inside):
        raise UsageError(f"{path} lies inside a .git folder", hint="name the working tree")
    # Only in a working tree git tells the way up to its top.
    up, git_dir = rest.split("\n", 1) if inside == "true" else ("", rest)
    work_tree = Path(os.path.normpath(process.folder / up)) if inside == "true" else None
    at_top = GitProcess(work_tree or Path(git_dir), environment)
    return Location(work_tree, Path(git_dir), _common(Path(git_dir)), at_top)


def _common(git_dir: Path) -> Path:
    """What a linked working tree shares with the others; see git's own `gitrepository-layout`."""
    try:
        shared = os.fsdecode((git_dir / "commondir").read_bytes()).removesuffix("\n")
    except FileNotFoundError:
        shared = ""
    return (git_dir / shared).resolve()


def _state(process: GitProcess) -> str:
    try:
        kind = ("--is-bare-repository", "--is-inside-work-tree")
        return process.text("rev-parse", *kind, "--show-cdup", "--absolute-git-dir")
    except GitError as error:
        if "not a git repository" in error.message:
            raise _not_a_repository(process.folder) from error
        raise


def _pinned(path: Path) -> dict[str, str]:
    """What overrides inherited variables; nothing if there are none, so that git checks who owns what."""
    if not any(name in os.environ for name in _INHERITED):
        return {}
    from git import Repo
    from git.exc import InvalidGitRepositoryError

    try:
        found = Repo(path, search_parent_directories=True, expand_vars=False)
    except InvalidGitRepositoryError as error:
        raise _not_a_repository(path) from error
    pinned = {"GIT_DIR": str(found.git_dir), "GIT_INDEX_FILE": os.path.join(found.git_dir, "index")}
    if found.working_tree_dir:
        pinned["GIT_WORK_TREE"] = str(found.working_tree_dir)
    return pinned


def _not_a_repository(path: Path) -> UsageError:
    return UsageError(f"{path} is not in a git repository", hint="name another folder, or `git init`")
