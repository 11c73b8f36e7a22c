"""Scans and decisions remembered by blob id: one file each, read whole, replaced atomically."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from typing import TypeVar

import msgspec

from ssot_migrate.engine.decide import FileDecision
from ssot_migrate.engine.store import Store
from ssot_migrate.index.scan import FileScan

_T = TypeVar("_T")


class ScanCache:
    """The scans of one repository under one fingerprint."""

    def __init__(self, store: Store, key: str, where: str = "") -> None:
        """Load what ``store`` has under ``key``.

        ``where`` names a state besides HEAD, whose scans are kept apart but made use of.
        """
        self.store, self.name = store, f"scans-{key}{where}.msgpack"
        main = self._read(f"scans-{key}.msgpack")
        self.saved = self._read(self.name) if where else main
        self.known: dict[tuple[str, str], FileScan] = {**main, **self.saved}

    def _read(self, name: str) -> dict[tuple[str, str], FileScan]:
        scans = decoded(self.store.read(name), tuple[FileScan, ...]) or ()
        return {(scan.path, scan.oid): scan for scan in scans}

    def get(self, path: str, oid: str) -> FileScan | None:
        """The scan of a file with these very bytes at this very path."""
        return self.known.get((path, oid))

    def save(self, scans: Iterable[FileScan]) -> None:
        """Keep ``scans`` and forget all others."""
        if self.store.folder:
            self.store.write(self.name, msgspec.msgpack.encode(tuple(scans)))


class Remembered(msgspec.Struct, frozen=True):
    """Decisions of an earlier run, and the promises that its plan did not keep."""

    decisions: dict[str, FileDecision] = {}
    denied: tuple[str, ...] = ()


class _Kept(msgspec.Struct, frozen=True):
    surroundings: str
    day: str
    keys: dict[str, str]
    remembered: Remembered


class DecisionCache:
    """The last run's decisions: good for a file with the same bytes in the same surroundings."""

    def __init__(self, store: Store, key: str) -> None:
        """Use what ``store`` has under ``key``; it is read when asked for."""
        self.store, self.name = store, f"decisions-{key}.msgpack"

    def known(self, surroundings: str, day: str, keys: Mapping[str, str]) -> Remembered:
        """The decisions that still hold on ``day`` for files of ``keys`` (path to what is decided from)."""
        kept = decoded(self.store.read(self.name), _Kept)
        if kept is None or kept.surroundings != surroundings:
            return Remembered()
        old = kept.remembered.decisions
        same = ((path, old[path]) for path, key in keys.items() if path in old and kept.keys[path] == key)
        today = {path: decision for path, decision in same if kept.day == day or not decision.dated}
        return Remembered(today, kept.remembered.denied)

    def save(
        self,
        surroundings: str,
        day: str,
        keys: dict[str, str],
        decisions: dict[str, FileDecision],
        denied: Iterable[str],
    ) -> None:
        """Keep these decisions and forget all others."""
        if self.store.folder:
            kept = _Kept(surroundings, day, keys, Remembered(decisions, tuple(sorted(denied))))
            self.store.write(self.name, msgspec.msgpack.encode(kept))

    def digest(self, *parts: object) -> str:
        """A digest of ``parts``, plain data."""
        return hashlib.sha256(msgspec.msgpack.encode(parts, order="deterministic")).hexdigest()


def decoded(data: bytes | None, kind: type[_T]) -> _T | None:
    """What was stored, if it is that: other data counts as absent."""
    if data is None:
        return None
    try:
        return msgspec.msgpack.decode(data, type=kind)
    except msgspec.MsgspecError:
        return None
