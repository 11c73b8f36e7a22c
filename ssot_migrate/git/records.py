"""What a run writes, as data: refs, files with what they were, and new folders."""

from __future__ import annotations

import hashlib
from pathlib import Path

from ssot_migrate.git.refs import RefUpdate
from ssot_migrate.model import Frozen


class FileWrite(Frozen, frozen=True):
    """A file that is written: its absolute path, and the SHA-256 of what it becomes ("": it goes).

    ``before`` are the bytes that it had, ``blob`` the git blob that has them; neither: there was no file.
    """

    path: str
    after: str
    before: bytes | None = None
    blob: str = ""
    mode: int | None = None


class Record(Frozen, frozen=True):
    """All that one run writes. ``folders`` (absolute paths) were not there before.

    ``finished``: the run came to its end; ``in_place``: it edits the working tree.
    """

    plan: str
    refs: tuple[RefUpdate, ...] = ()
    files: tuple[FileWrite, ...] = ()
    folders: tuple[str, ...] = ()
    finished: bool = False
    in_place: bool = False


def file_write(path: Path, data: bytes) -> FileWrite | None:
    """The record of writing ``data`` to a file outside of git; None if it has these bytes already."""
    before = path.read_bytes() if path.is_file() else None
    return None if before == data else FileWrite(str(path.absolute()), digest(data), before)


def digest(data: bytes) -> str:
    """What a record says of a file's bytes."""
    return hashlib.sha256(data).hexdigest()
