"""Other repositories that a commit names: laid into a working tree as far as the user's own has them."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

from ssot_migrate.git.repository import Entry, Repository

_LINK = "160000"


def lay_submodules(repo: Repository, commit: str, place: Path) -> None:
    """Put the files of each submodule of ``commit``, at the commit that it names, into the tree at ``place``.

    Nothing is fetched: the folder of one that the user has not is empty. What was in there is gone.

    Raises:
        GitError: there is no room, or a file cannot be checked out.
    """
    for entry in _links(repo, commit):
        target = place / entry.path
        shutil.rmtree(target, ignore_errors=True)
        target.mkdir(parents=True, exist_ok=True)
        if module := _module(repo, entry):
            _check_out(module, entry.oid, target)
            lay_submodules(module, entry.oid, target)


def missing_submodules(repo: Repository, commit: str) -> Iterator[str]:
    """The paths of submodules, those of submodules too, whose commit the user's working tree has not."""
    for entry in _links(repo, commit):
        if module := _module(repo, entry):
            yield from (f"{entry.path}/{path}" for path in missing_submodules(module, entry.oid))
        else:
            yield entry.path


def _links(repo: Repository, commit: str) -> list[Entry]:
    return [entry for entry in repo.tree(commit) if entry.mode == _LINK]


def _module(repo: Repository, entry: Entry) -> Repository | None:
    there = Path(repo.work_tree, entry.path) if repo.work_tree else None
    if there is None or there.is_symlink() or not (there / ".git").exists():
        return None
    module = Repository.open(there)
    return module if module.git.succeeds("cat-file", "-e", f"{entry.oid}^{{commit}}") else None


def _check_out(module: Repository, commit: str, target: Path) -> None:
    """Write all files of ``commit``; the submodule's own index and working tree are not touched."""
    with tempfile.TemporaryDirectory() as folder:
        git = module.git.with_environment(
            GIT_DIR=str(module.git_dir), GIT_WORK_TREE=str(target), GIT_INDEX_FILE=f"{folder}/index"
        )
        git.output("read-tree", commit)  # an object id, and so no option
        git.output("checkout-index", "--all", "--force", "--quiet")
