"""Writing below a working tree: no link, however late it appears, leads out, and no late edit is lost."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NamedTuple

from ssot_migrate.atomic import write_atomically
from ssot_migrate.errors import Refused, SsotMigrateError
from ssot_migrate.plans.model import blob_id

_NO_LINK = os.O_RDONLY | getattr(os, "O_NOFOLLOW", 0)
_FOLDER = getattr(os, "O_DIRECTORY", 0)


class NewText(NamedTuple):
    """What a file below the tree becomes; ``before`` is the blob id that it has ("": it is not there).

    ``mode`` is the git mode of a new file; one that is there keeps its permissions.
    """

    path: str
    data: bytes
    mode: str
    before: str


def write_files(tree: Path, files: Iterable[NewText]) -> tuple[str, ...]:
    """Write files below ``tree``, each atomically; their paths.

    Raises:
        Refused: one is not what it was a moment ago; those before it were written.
        SsotMigrateError: one cannot be written; those before it were.
    """
    return tuple(_written(tree, file) for file in files)


def _written(tree: Path, file: NewText) -> str:
    try:
        with _folder_of(tree, file.path) as folder:
            name = file.path.rpartition("/")[2]
            found, permissions = _read(name, folder)
            if file.before != (blob_id(found, len(file.before)) if found is not None else ""):
                hint = "commit or stash what it holds, then go on with --resume"
                raise Refused(f"{file.path} was changed while files were written", hint=hint)
            new = 0o755 if file.mode == "100755" else None
            write_atomically(Path(name), file.data, new if found is None else permissions, folder)
    except OSError as error:
        raise SsotMigrateError(f"cannot write {file.path}: {error.strerror}") from error
    return file.path


def remove_files(tree: Path, files: Iterable[NewText]) -> None:
    """Remove files below ``tree`` that stand at another path by now.

    Raises:
        Refused: one is not what it was a moment ago; those before it are gone.
        SsotMigrateError: one cannot be removed.
    """
    for file in files:
        name = file.path.rpartition("/")[2]
        try:
            with _folder_of(tree, file.path) as folder:
                found, _ = _read(name, folder)
                if found is not None and file.before != blob_id(found, len(file.before)):
                    hint = f"a copy of what it was has been written; compare the two: {file.path}"
                    raise Refused(f"{file.path} was changed while files were moved", hint=hint)
                if found is not None:
                    os.unlink(name, dir_fd=folder)
        except OSError as error:
            raise SsotMigrateError(f"cannot remove {file.path}: {error.strerror}") from error


@contextmanager
def _folder_of(tree: Path, path: str) -> Iterator[int]:
    """The folder of ``path``, made where it is missing and open; a link on the way is an error."""
    folder = os.open(tree, os.O_RDONLY | _FOLDER)
    try:
        for part in path.split("/")[:-1]:
            with suppress(FileExistsError):
                os.mkdir(part, dir_fd=folder)
            inner = os.open(part, _NO_LINK | _FOLDER, dir_fd=folder)
            os.close(folder)
            folder = inner
        yield folder
    finally:
        os.close(folder)


def _read(name: str, folder: int) -> tuple[bytes | None, int]:
    """The bytes of a plain file and its permissions; None if there is none."""
    try:
        handle = os.open(name, _NO_LINK | getattr(os, "O_NONBLOCK", 0), dir_fd=folder)
    except FileNotFoundError:
        return None, 0
    with open(handle, "rb") as stream:
        return stream.read(), stat.S_IMODE(os.fstat(handle).st_mode)
