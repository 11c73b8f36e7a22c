"""The decision on one file as it is kept: packed, but for what others are decided by."""

from __future__ import annotations

import msgspec

from ssot_migrate.engine.decide import FileDecision
from ssot_migrate.model import Frozen, is_passing

_pack = msgspec.msgpack.Encoder().encode
_unpack = msgspec.msgpack.Decoder(FileDecision).decode


class PackedDecision(Frozen, frozen=True, array_like=True):
    """A ``FileDecision``; ``passing``: another run may decide more of the file."""

    path: str
    provides: tuple[str, ...]
    requires: tuple[str, ...]
    dated: bool
    passing: bool
    data: bytes

    def unpacked(self) -> FileDecision:
        """The decision."""
        return _unpack(self.data)


def packed(decision: FileDecision) -> PackedDecision:
    """``decision``, packed."""
    return PackedDecision(
        decision.path,
        decision.provides,
        decision.requires,
        decision.dated,
        is_passing(decision.problems),
        _pack(decision),
    )
