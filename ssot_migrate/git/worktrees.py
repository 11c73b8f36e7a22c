"""A linked working tree in a folder of its own, which shows one commit after another and leaves no trace."""

from __future__ import annotations

import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from ssot_migrate.errors import GitError
from ssot_migrate.git.repository import Repository
from ssot_migrate.git.submodules import lay_submodules

_PREFIX = "ssot-tree-"
_OURS = re.compile(rf"{_PREFIX}(\d+)-")


class LinkedTree:
    """A linked working tree at ``path``, detached from all branches."""

    def __init__(self, path: Path, original: Repository) -> None:
        """Use ``linked_tree``, which makes one of ``original`` and takes it away again."""
        self.path, self.original = path, original
        self.git = Repository.open(path).git

    def show(self, commit: str) -> None:
        """Hold the files of ``commit`` and its submodules and nothing else, whatever was written here before.

        Raises:
            GitError: there is no room, or a file cannot be checked out.
        """
        quiet = ("--quiet", "--no-recurse-submodules")
        self.git.output("reset", "--hard", *quiet, commit)  # an object id, and so no option
        self.git.output("clean", "-ffdxq")
        lay_submodules(self.original, commit, self.path)


@contextmanager
def linked_tree(repo: Repository, commit: str) -> Iterator[LinkedTree]:
    """A linked working tree that shows ``commit``; what killed runs left is taken away first.

    Raises:
        GitError: it cannot be made.
    """
    _remove_left_over(repo)
    with tempfile.TemporaryDirectory(prefix=f"{_PREFIX}{os.getpid()}-", ignore_cleanup_errors=True) as folder:
        path = Path(os.path.realpath(folder)) / "tree"
        try:
            repo.git.output("worktree", "add", "--detach", "--quiet", "--end-of-options", str(path), commit)
            yield LinkedTree(path, repo)
        finally:
            _remove(repo, str(path))


def _remove(repo: Repository, path: str) -> None:
    with suppress(GitError):  # it may never have been made
        repo.git.output("worktree", "remove", "--force", "--force", "--end-of-options", path)


def _remove_left_over(repo: Repository) -> None:
    listed = repo.git.text("worktree", "list", "--porcelain", "-z").split("\0")
    for path in (line.removeprefix("worktree ") for line in listed if line.startswith("worktree ")):
        found = _OURS.match(Path(path).parent.name)
        if found and not _is_alive(int(found[1])):
            _remove(repo, path)
            with suppress(OSError):
                Path(path).parent.rmdir()


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except (PermissionError, OverflowError):
        return True
    return True
