"""The decision on one file as it is kept: packed, but for what others are decided by."""

from __future__ import annotations

from operator import attrgetter

import msgspec

from ssot_migrate.engine.decide import FileDecision
from ssot_migrate.engine.freed import give_back
from ssot_migrate.model import Frozen, is_passing

_GIVE_BACK_EVERY = 4000  # decisions: of the buffers of some ten megabytes that they were views of
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


def all_unpacked(decisions: list[PackedDecision]) -> list[FileDecision]:
    """``decisions`` in path order; they are taken from the list, so that no two forms of all are held."""
    found: list[FileDecision] = []
    while decisions:
        found.append(decisions.pop().unpacked())
        if not len(decisions) % _GIVE_BACK_EVERY:
            give_back()
    return sorted(found, key=attrgetter("path"))


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
