"""Writing a file so that a reader sees the old bytes or the new ones, whatever happens between."""

from __future__ import annotations

import os
import re
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path


def write_atomically(
    path: Path, data: bytes | Iterable[bytes], mode: int | None = None, folder: int | None = None
) -> None:
    """Replace ``path`` (never what a link there points to) by ``data``, forced to the disk.

    Of what comes in parts no more than one need be in memory at a time. ``mode`` are the permission
    bits of the result; by default those of a new file. ``folder`` is a descriptor of the open folder
    that a relative ``path`` starts from.

    Raises:
        OSError: the folder is missing or cannot be written to; ``path`` is as it was.
    """
    temporary = path.with_name(f"{_prefix(path)}{os.urandom(8).hex()}.tmp")
    made = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o666, dir_fd=folder)
    try:
        with open(made, "wb") as stream:
            stream.writelines([data] if isinstance(data, bytes) else data)
            stream.flush()
            os.fsync(stream.fileno())
        if mode is not None:
            os.chmod(temporary, mode, dir_fd=folder)
        os.replace(temporary, path, src_dir_fd=folder, dst_dir_fd=folder)
    except BaseException:
        with suppress(FileNotFoundError):
            os.unlink(temporary, dir_fd=folder)
        raise


def sweep(path: Path) -> None:
    """Remove what killed writers of ``path`` have left beside it, unless that is behind a link."""
    pattern = re.compile(re.escape(_prefix(path)) + r"[0-9a-f]{16}\.tmp")
    with suppress(OSError):
        if os.path.realpath(path.parent) == str(path.parent):
            for other in list(path.parent.iterdir()):
                if pattern.fullmatch(other.name):
                    other.unlink()


def _prefix(path: Path) -> str:
    return f".{path.name[:100]}."
