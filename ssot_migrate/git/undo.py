"""Undoing a run: what is as the run left it goes back; what somebody has changed since stays, by name."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from contextlib import suppress
from pathlib import Path

from ssot_migrate.atomic import sweep, write_atomically
from ssot_migrate.errors import SsotMigrateError, UsageError
from ssot_migrate.git.journal import Journal
from ssot_migrate.git.names import full_ref
from ssot_migrate.git.records import FileWrite, Record, digest
from ssot_migrate.git.refs import Ref, RefUpdate, read_refs, write_refs
from ssot_migrate.git.repository import Repository
from ssot_migrate.model import Frozen


class Left(Frozen, frozen=True):
    """A ref or file that was not undone, and why."""

    name: str
    reason: str


class Undone(Frozen, frozen=True):
    """What undoing a run did: refs and files that went back to what they were, and what was left."""

    plan: str
    refs: tuple[str, ...] = ()
    files: tuple[str, ...] = ()
    left: tuple[Left, ...] = ()


def undo(repo: Repository, name: str = "") -> Undone:
    """Undo the newest run that wrote the ref ``name``, or the newest of all.

    What had to be left stays on record, so that it can be undone later.

    Raises:
        UsageError: there is no such run on record.
        SsotMigrateError: a file cannot be restored; the record stays.
    """
    journal = _find(repo, name)
    record = journal.record
    refs, left_refs = _undo_refs(repo, record.refs)
    files, left_files = _undo_files(repo, record.files)
    _remove_empty(record.folders)
    kept = {each.name for each in (*left_refs, *left_files)}
    journal.reduce(
        Record(
            record.plan,
            tuple(update for update in record.refs if update.name in kept),
            tuple(write for write in record.files if write.path in kept),
            tuple(folder for folder in record.folders if os.path.lexists(folder)),
            finished=True,
        )
    )
    return Undone(record.plan, refs, files, (*left_refs, *left_files))


def _find(repo: Repository, name: str) -> Journal:
    wanted = full_ref(name) if name else ""
    for journal in Journal.all(repo.common_dir):
        if not wanted or any(update.name == wanted for update in journal.record.refs):
            return journal
    what = f"no run on record wrote {name}" if name else "no run is on record"
    raise UsageError(
        f"{what}, or it is undone", hint="`git branch --list 'ssot/*'` shows branches of earlier runs"
    )


def _undo_refs(repo: Repository, updates: Sequence[RefUpdate]) -> tuple[tuple[str, ...], list[Left]]:
    present = read_refs(repo.git, "refs/heads/")
    left: list[Left] = []
    back: list[RefUpdate] = []
    for update in updates:
        found = present.get(update.name)
        if (found.commit if found else "") == update.old:
            continue
        if reason := _hindrance(repo, update, found):
            left.append(Left(update.name, reason))
        else:
            back.append(RefUpdate(update.name, update.old, update.new))
    if back:
        write_refs(repo.git, back, "ssot-migrate: undo")
    return tuple(update.name for update in back), left


def _hindrance(repo: Repository, update: RefUpdate, found: Ref | None) -> str:
    if found is None:
        return "is gone"
    if found.commit != update.new:
        ahead = repo.git.output(
            "rev-list", "--count", "--end-of-options", f"{update.new}..{found.commit}"
        ).strip()
        return f"was moved to {found.commit[:12]} since ({ahead.decode()} commits that are not the run's)"
    return f"is checked out in {found.checked_out}" if found.checked_out else ""


def _undo_files(repo: Repository, writes: Sequence[FileWrite]) -> tuple[tuple[str, ...], list[Left]]:
    back: list[str] = []
    left: list[Left] = []
    for write in writes:
        path = Path(write.path)
        sweep(path)
        found = path.read_bytes() if path.is_file() and not path.is_symlink() else None
        before = _before(repo, write)
        if found == before:
            continue
        if (digest(found) if found is not None else "") != write.after:
            left.append(Left(write.path, "was changed since" if found is not None else "is gone"))
            continue
        _restore(path, before, write.mode)
        back.append(write.path)
    return tuple(back), left


def _before(repo: Repository, write: FileWrite) -> bytes | None:
    if write.blob:
        return next(repo.read_blobs([write.blob]))[1]
    return write.before


def _restore(path: Path, data: bytes | None, mode: int | None) -> None:
    try:
        if data is None:
            path.unlink()
        else:
            write_atomically(path, data, mode)
    except OSError as error:
        raise SsotMigrateError(
            f"cannot restore {path}: {error.strerror}", hint="undo again after that"
        ) from error


def _remove_empty(folders: Iterable[str]) -> None:
    """Remove the folders that the run made, innermost first, if nothing else is in them by now."""
    for folder in sorted(folders, key=len, reverse=True):
        with suppress(OSError):
            Path(folder).rmdir()
