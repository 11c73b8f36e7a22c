"""Blobs read where they are checked out, which is cheaper than unpacking them, and proven by their hash."""

from __future__ import annotations

import os
import stat
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from ssot_migrate.plans.model import blob_id

if TYPE_CHECKING:
    from ssot_migrate.git.repository import Entry

# Nothing that is no plain file is waited for or followed, and nothing without end is read to its end.
_FLAGS = sum(getattr(os, name, 0) for name in ("O_RDONLY", "O_NONBLOCK", "O_NOFOLLOW", "O_BINARY"))
_MOST = 1 << 20


def checked_out(work_tree: Path | None, entries: Iterable[Entry]) -> Iterator[tuple[Entry, bytes]]:
    """Those of ``entries`` whose bytes stand in the working tree just as git has them, with these bytes."""
    for entry in entries if work_tree else ():
        data = _bytes(f"{work_tree}/{entry.path}")
        if data is not None and blob_id(data, len(entry.oid)) == entry.oid:
            yield entry, data


def _bytes(path: str) -> bytes | None:
    with suppress(OSError, ValueError):
        handle = os.open(path, _FLAGS)
        try:
            state = os.fstat(handle)
            if stat.S_ISREG(state.st_mode) and state.st_size <= _MOST:
                return os.read(handle, _MOST)
        finally:
            os.close(handle)
    return None
