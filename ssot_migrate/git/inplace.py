"""Applying a replayed plan to the working tree, for those who want no branch."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from ssot_migrate.atomic import sweep
from ssot_migrate.errors import Refused, UsageError
from ssot_migrate.git.fit import folders_of, misfits
from ssot_migrate.git.inside import NewText, remove_files, write_files
from ssot_migrate.git.journal import Journal
from ssot_migrate.git.records import FileWrite, digest
from ssot_migrate.git.repository import Repository
from ssot_migrate.plans.model import FilePlan, blob_id
from ssot_migrate.plans.outcome import AppliedFile, StaleFile

_CONVERTED = "is converted when it is checked out (line endings or a filter), so its bytes are not git's"


def unfit_in_place(repo: Repository, files: Iterable[FilePlan]) -> tuple[StaleFile, ...]:
    """The ``files`` that must not be edited in the working tree, each with a reason."""
    wanted = list(files)
    tree = work_tree_of(repo)
    reasons = {stale.path: stale.reason for stale in misfits(repo.tree(repo.head_commit()), wanted)}
    staged, touched = repo.staged_paths(), repo.touched_paths()
    for file in wanted:
        if file.path not in reasons and (reason := _unfit(tree, file, staged, touched)):
            reasons[file.path] = reason
    return tuple(StaleFile(path, reason) for path, reason in sorted(reasons.items()))


def apply_in_place(
    repo: Repository, files: Sequence[AppliedFile], journal: Journal | None = None, *, resume: bool = False
) -> tuple[str, ...]:
    """Write the last step of every file, each atomically and with its permissions; their paths.

    Nothing is written unless every file can be. A file is only written where its bytes are
    exactly those that the plan saw: what git converts on checkout is refused. What is written is put
    on record first: in ``journal``, or in one of its own. ``resume``: what has its last step's bytes
    already, because an interrupted run has come so far, stays as it is.

    Raises:
        Refused: names the files with uncommitted changes, and those that are not what the plan saw.
        UsageError: the repository is bare.
    """
    tree = work_tree_of(repo)
    rest = [applied for applied in files if not (resume and _is_done(tree, applied))]
    fresh = [applied for applied in rest if not (resume and applied.file.moved and _stands(tree, applied))]
    unfit = unfit_in_place(repo, (applied.file for applied in fresh))
    if unfit:
        some = "; ".join(f"{stale.path} {stale.reason}" for stale in unfit[:5])
        more = f"; and {len(unfit) - 5} more" if len(unfit) > 5 else ""
        message = f"{len(unfit)} files cannot be edited in place: {some}{more}"
        hint = "commit or stash them, or apply to branches; --resume goes on with an interrupted run"
        raise Refused(message, hint=hint)
    journal = journal or Journal.begin(repo.common_dir, "", in_place=True)
    journal.announce_files([record for applied in rest for record in _records(tree, applied)])
    write_files(tree, map(_written, fresh))
    moved = (applied for applied in rest if applied.file.moved)
    remove_files(tree, (NewText(a.file.path, a.texts[-1], a.file.mode, a.file.before) for a in moved))
    return tuple(applied.file.moved or applied.file.path for applied in files)


def _written(applied: AppliedFile) -> NewText:
    file = applied.file
    before = "" if file.moved else file.before
    return NewText(file.moved or file.path, applied.texts[-1], file.mode, before)


def _is_done(tree: Path, applied: AppliedFile) -> bool:
    """Whether an interrupted run has come to its end with this file."""
    left = applied.file.moved and os.path.lexists(tree / applied.file.path)
    return not left and _stands(tree, applied)


def _stands(tree: Path, applied: AppliedFile) -> bool:
    """Whether an interrupted run has written this file; what it has left beside it is removed."""
    place = applied.file.moved or applied.file.path
    if obstacle(tree, place):
        return False
    sweep(tree / place)
    return (tree / place).is_file() and (tree / place).read_bytes() == applied.texts[-1]


def _records(tree: Path, applied: AppliedFile) -> Iterator[FileWrite]:
    file, after = applied.file, digest(applied.texts[-1])
    path = tree / file.path
    mode = stat.S_IMODE(path.stat().st_mode) if file.before and path.exists() else None
    yield FileWrite(str(path), "" if file.moved else after, blob=file.before, mode=mode)
    if file.moved:
        yield FileWrite(str(tree / file.moved), after)


def work_tree_of(repo: Repository) -> Path:
    """The top of the working tree.

    Raises:
        UsageError: the repository is bare.
    """
    if repo.work_tree is None:
        raise UsageError("a bare repository has no working tree", hint="use one that has: `git worktree add`")
    return repo.work_tree


def _unfit(tree: Path, file: FilePlan, staged: set[str], touched: set[str]) -> str:
    if file.path in staged:
        return "has staged changes"
    for place in file.paths:
        if fault := obstacle(tree, place):
            return fault
    if file.moved and os.path.lexists(tree / file.moved):
        return f"cannot move to {file.moved}: something stands there"
    path = tree / file.path
    if not os.path.lexists(path):
        return "is not in the working tree" if file.before else ""
    if not file.before:
        return "is there already"
    if blob_id(path.read_bytes(), len(file.before)) == file.before:
        return ""
    return "has uncommitted changes" if file.path in touched else _CONVERTED


def obstacle(tree: Path, path: str) -> str:
    """Why no plain file can stand at ``path`` below ``tree``, or "" if one stands there or could."""
    for folder in (tree / parent for parent in folders_of(path)):
        if folder.is_symlink() or (folder.exists() and not folder.is_dir()):
            return "lies behind a link or a file"
        if os.path.lexists(folder / ".git"):
            return "lies in another repository"
    place = tree / path
    return "is no plain file" if os.path.lexists(place) and not _is_plain(place) else ""


def _is_plain(path: Path) -> bool:
    return stat.S_ISREG(path.lstat().st_mode)
