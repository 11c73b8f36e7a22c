"""Scans and decisions remembered by blob id: one file each, read whole, replaced atomically."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

import msgspec

from ssot_migrate.engine.decide import FileDecision
from ssot_migrate.engine.store import Store
from ssot_migrate.index.packed import PackedScan

_T = TypeVar("_T")
_MANY = 20  # a twentieth of all scans is worth writing all anew
Known = dict[tuple[str, str], PackedScan]


class ScanCache:
    """The scans of one repository under one fingerprint: a file of all, and one of the few since then."""

    def __init__(self, store: Store, key: str, where: str = "") -> None:
        """Load what ``store`` has under ``key``.

        ``where`` names a state besides HEAD, whose scans are kept apart but made use of.
        """
        self.store, self.name = store, f"scans-{key}{where}"
        self.all, self.since = self._read(self.name), self._read(f"{self.name}-since")
        main = f"scans-{key}"
        others = {**self._read(main), **self._read(f"{main}-since")} if where else {}
        self.known: Known = {**others, **self.all, **self.since}

    def _read(self, name: str) -> Known:
        scans = decoded(self.store.read(f"{name}.msgpack"), tuple[PackedScan, ...]) or ()
        return {(scan.path, scan.oid): scan for scan in scans}

    def get(self, path: str, oid: str) -> PackedScan | None:
        """The scan of a file with these very bytes at this very path."""
        return self.known.get((path, oid))

    def save(self, scans: Sequence[PackedScan]) -> None:
        """Keep ``scans``; where most are kept already, only the others are written."""
        since = [scan for scan in scans if self.all.get((scan.path, scan.oid)) is not scan]
        gone = len(self.all) + len(since) - len(scans)
        if (len(since) + gone) * _MANY > len(self.all):
            self._write(self.name, scans)
            self._write(f"{self.name}-since", ())
        elif len(since) != len(self.since) or any(self.get(s.path, s.oid) is not s for s in since):
            self._write(f"{self.name}-since", since)
        self.all = self.since = self.known = {}

    def _write(self, name: str, scans: Sequence[PackedScan]) -> None:
        if self.store.folder:
            self.store.write(f"{name}.msgpack", msgspec.msgpack.encode(scans))

    def family(
        self, sketches: Sequence[msgspec.Raw], find: Callable[[Sequence[msgspec.Raw]], frozenset[str]]
    ) -> frozenset[str]:
        """What ``find`` tells of packed ``sketches``, or told the last time that they were the same."""
        digest = hashlib.sha256(b"".join(map(bytes, sketches))).hexdigest()
        name = f"family-{self.name}.msgpack"
        known = decoded(self.store.read(name), tuple[str, frozenset[str]])
        if known and known[0] == digest:
            return known[1]
        names = find(sketches)
        if self.store.folder:
            self.store.write(name, msgspec.msgpack.encode((digest, names)))
        return names


class Remembered(msgspec.Struct, frozen=True):
    """Decisions of an earlier run, and the promises that its plan did not keep."""

    decisions: dict[str, FileDecision] = {}
    denied: tuple[str, ...] = ()


class _Kept(msgspec.Struct, frozen=True):
    surroundings: str
    day: str
    blobs: dict[str, str]
    keys: dict[str, str]
    remembered: Remembered


class DecisionCache:
    """The last run's decisions: good for a file with the same bytes in the same surroundings."""

    def __init__(self, store: Store, key: str) -> None:
        """Use what ``store`` has under ``key``; it is read when asked for."""
        self.store, self.name = store, f"decisions-{key}.msgpack"

    def known(
        self, surroundings: str, day: str, blobs: Mapping[str, str], keys: Mapping[str, str]
    ) -> Remembered:
        """The decisions that still hold on ``day`` for files of ``keys`` (path to what is decided from).

        None that speaks of a file whose blob in ``blobs`` is another now: it may have named a line of it.
        """
        kept = decoded(self.store.read(self.name), _Kept)
        if kept is None or kept.surroundings != surroundings:
            return Remembered()
        old = kept.remembered.decisions
        same = ((path, old[path]) for path, key in keys.items() if path in old and kept.keys[path] == key)
        moved = [path for path, blob in kept.blobs.items() if blobs.get(path) != blob]
        today = {
            path: decision
            for path, decision in same
            if (kept.day == day or not decision.dated) and not _speaks_of(moved, decision)
        }
        return Remembered(today, kept.remembered.denied)

    def save(
        self,
        surroundings: str,
        day: str,
        blobs: dict[str, str],
        keys: dict[str, str],
        decisions: dict[str, FileDecision],
        denied: Iterable[str],
    ) -> None:
        """Keep these decisions and forget all others."""
        if self.store.folder:
            kept = _Kept(surroundings, day, blobs, keys, Remembered(decisions, tuple(sorted(denied))))
            self.store.write(self.name, msgspec.msgpack.encode(kept))

    def digest(self, *parts: object) -> str:
        """A digest of ``parts``, plain data."""
        return hashlib.sha256(msgspec.msgpack.encode(parts, order="deterministic")).hexdigest()


def _speaks_of(paths: Iterable[str], decision: FileDecision) -> bool:
    said = "\n".join(finding.message for finding in decision.findings)
    return any(path in said for path in paths)


def decoded(data: bytes | None, kind: type[_T]) -> _T | None:
    """What was stored, if it is that: other data counts as absent."""
    if data is None:
        return None
    try:
        return msgspec.msgpack.decode(data, type=kind)
    except msgspec.MsgspecError:
        return None
