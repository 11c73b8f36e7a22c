"""The last run's decisions: a file of all, and one of what is different since then."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable, Mapping, Sequence
from itertools import chain

import msgspec

from ssot_migrate.engine.decision import PackedDecision
from ssot_migrate.engine.store import Store, decoded, encoded

_MANY = 20  # a twentieth of all decisions is worth writing all anew
Decisions = dict[str, PackedDecision]


class State(msgspec.Struct, frozen=True):
    """What decisions were made from: ``blobs`` of all files, by path, and of each decided one its ``keys``.

    ``denied`` are the promises that the plan did not keep.
    """

    surroundings: str = ""
    day: str = ""
    blobs: dict[str, str] = {}
    keys: dict[str, str] = {}
    denied: tuple[str, ...] = ()


class _Kept(msgspec.Struct, frozen=True):
    """All of a run, or what a later one has differently: then ``after`` names the first, ``gone`` paths.

    Its file has the decisions behind it.
    """

    name: str = ""
    state: State = State()
    after: str = ""
    gone: tuple[str, ...] = ()


_File = tuple[_Kept, tuple[PackedDecision, ...]]


class DecisionCache:
    """The last run's decisions: good for a file with the same bytes in the same surroundings."""

    def __init__(self, store: Store, key: str) -> None:
        """Use what ``store`` has under ``key``; it is read when asked for."""
        self.store, self.file, self.file_since = (
            store,
            f"decisions-{key}.msgpack",
            f"decisions-{key}-since.msgpack",
        )
        self.name, self.all = "", State()
        self.whole: Decisions = {}

    def known(self, state: State) -> tuple[Decisions, tuple[str, ...]]:
        """The decisions that still hold in ``state``, and the promises that were denied.

        None that speaks of a file whose blob is another now: it may have named a line of it.
        """
        last, old = self._read()
        if last.surroundings != state.surroundings:
            return {}, ()
        moved = [path for path, blob in last.blobs.items() if state.blobs.get(path) != blob]
        names = [(path.encode(), msgspec.json.encode(path)[1:-1]) for path in moved]
        same = (old[path] for path, key in state.keys.items() if path in old and last.keys.get(path) == key)
        found = (each for each in same if last.day == state.day or not each.dated)
        return {each.path: each for each in found if not _speaks_of(names, each)}, last.denied

    def _read(self) -> tuple[State, Decisions]:
        read = decoded(self.store.read(self.file), _File)
        if read is None:
            return State(), {}
        kept, decisions = read
        self.name, self.all = kept.name, kept.state
        self.whole = {each.path: each for each in decisions}
        since, later = decoded(self.store.read(self.file_since), _File) or (_Kept(), ())
        if since.after != kept.name:
            return self.all, self.whole
        new = {each.path: each for each in later}
        left = {path: each for path, each in self.whole.items() if path not in since.gone}
        blobs, keys = kept.state.blobs | since.state.blobs, kept.state.keys | since.state.keys
        return msgspec.structs.replace(since.state, blobs=blobs, keys=keys), left | new

    def save(self, state: State, decisions: Decisions) -> None:
        """Keep these and forget all others; where most are kept already, only the others are written."""
        since = tuple(each for path, each in decisions.items() if self.whole.get(path) is not each)
        gone = tuple(path for path in self.whole if path not in decisions)
        same = self.all.surroundings == state.surroundings and state.blobs.keys() == self.all.blobs.keys()
        if not same or (len(since) + len(gone)) * _MANY > len(self.whole):
            self._write(self.file, _Kept(os.urandom(8).hex(), state), tuple(decisions.values()))
            return
        changed = msgspec.structs.replace(
            state, blobs=_apart(self.all.blobs, state.blobs), keys=_apart(self.all.keys, state.keys)
        )
        self._write(self.file_since, _Kept("", changed, self.name, gone), since)

    def _write(self, file: str, kept: _Kept, decisions: Sequence[PackedDecision]) -> None:
        if self.store.folder:
            pair = b"\x92" + msgspec.msgpack.encode(kept)
            self.store.write(file, chain([pair], encoded(decisions, len(decisions))))

    def digest(self, *parts: object) -> str:
        """A digest of ``parts``, plain data."""
        return hashlib.sha256(msgspec.msgpack.encode(parts, order="deterministic")).hexdigest()


def _apart(old: Mapping[str, str], new: Mapping[str, str]) -> dict[str, str]:
    return {path: value for path, value in new.items() if old.get(path) != value}


def _speaks_of(names: Iterable[tuple[bytes, bytes]], decision: PackedDecision) -> bool:
    """Whether one of ``names``, each as it is and as a plan writes it, stands in ``decision``."""
    return any(plain in decision.data or written in decision.found for plain, written in names)
