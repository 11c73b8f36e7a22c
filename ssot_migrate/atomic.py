"""Writing a file so that a reader sees the old bytes or the new ones, whatever happens between."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def write_atomically(path: Path, data: bytes, mode: int | None = None) -> None:
    """Replace ``path`` (never what a link there points to) by ``data``, forced to the disk.

    ``mode`` are the permission bits of the result; by default those of a new file.

    Raises:
        OSError: the folder is missing or cannot be written to; ``path`` is as it was.
    """
    temporary = path.with_name(f".{path.name[:100]}.{secrets.token_hex(8)}.tmp")
    try:
        with open(temporary, "xb") as stream:
            stream.write(data)
            stream.flush()
            os.fsync(stream.fileno())
        if mode is not None:
            temporary.chmod(mode)
        os.replace(temporary, path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
