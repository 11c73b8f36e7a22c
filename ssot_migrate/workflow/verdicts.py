"""Runs of tests remembered by content: the same tree, command and surroundings give the same verdict."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import msgspec

from ssot_migrate.engine.store import Store
from ssot_migrate.verify.model import Run

_MOST = 400
_TO_THE_END = (0, 1, 5)  # all passed, some failed, no test was there
_PREFIX = "verdict-"


class Verdicts(NamedTuple):
    """What is remembered under ``key``, which stands for command, surroundings and our own code."""

    store: Store
    key: str

    def get(self, parts: object, run: Callable[[], Run]) -> tuple[Run, bool]:
        """The run that ``parts`` (plain data) name, and whether it was remembered.

        A run that never came to its end is not kept: what stopped it may be gone next time.
        """
        digest = hashlib.sha256(msgspec.json.encode((self.key, parts))).hexdigest()
        name = f"{_PREFIX}{digest[:32]}.msgpack"
        if known := _decoded(self.store.read(name)):
            return known, True
        found = run()
        if found.status in _TO_THE_END:
            self.store.write(name, msgspec.msgpack.encode(found))
            _forget_oldest(self.store.folder)
        return found, False


def _decoded(data: bytes | None) -> Run | None:
    try:
        return msgspec.msgpack.decode(data, type=Run) if data else None
    except msgspec.MsgspecError:
        return None


def _forget_oldest(folder: Path | None) -> None:
    kept = sorted(folder.glob(f"{_PREFIX}*"), key=lambda path: path.stat().st_mtime) if folder else []
    for path in kept[:-_MOST]:
        path.unlink(missing_ok=True)
