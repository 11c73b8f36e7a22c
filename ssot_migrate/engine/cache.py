"""Scans remembered by blob id, and the index: files that are read whole and replaced atomically."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial

import msgspec

from ssot_migrate.engine.store import Notes, Store, decoded, encoded
from ssot_migrate.index.packed import PackedScan
from ssot_migrate.index.tables import Tables

_MANY = 20  # a twentieth of all scans is worth writing all anew
Known = dict[tuple[str, str], PackedScan]
Sketches = Mapping[str, msgspec.Raw]


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

    def save(self, scans: Sequence[PackedScan], whole: Callable[[PackedScan], PackedScan]) -> None:
        """Keep ``scans``, each as ``whole`` gives it; where most are kept, only the others are written."""
        since = [scan for scan in scans if self.all.get((scan.path, scan.oid)) is not scan]
        gone = len(self.all) + len(since) - len(scans)
        if (len(since) + gone) * _MANY > len(self.all):
            self._write(self.name, scans, whole)
            self._write(f"{self.name}-since", (), whole)
        elif len(since) != len(self.since) or any(self.get(s.path, s.oid) is not s for s in since):
            self._write(f"{self.name}-since", since, whole)
        self.all = self.since = self.known = {}

    def _write(
        self, name: str, scans: Sequence[PackedScan], whole: Callable[[PackedScan], PackedScan]
    ) -> None:
        if self.store.folder:
            self.store.write(f"{name}.msgpack", encoded(map(whole, scans), len(scans)))

    def related(self, sketches: Sketches, find: Callable[[Sketches], frozenset[str]]) -> frozenset[str]:
        """The paths that ``find`` tells of packed ``sketches``, or told when they were last the same."""
        asked = "\0".join((*sketches, "")).encode() + b"".join(map(bytes, sketches.values()))
        return Notes(self.store, self.name).remembered(
            "related", asked, frozenset[str], partial(find, sketches)
        )


class TableCache:
    """The tables of the last run's index: good for the same surroundings."""

    def __init__(self, store: Store, key: str) -> None:
        """Use what ``store`` has under ``key``; it is read when asked for."""
        self.store, self.name = store, f"index-{key}.msgpack"

    def known(self, surroundings: str) -> Tables:
        """What is known in these ``surroundings``."""
        kept = decoded(self.store.read(self.name), tuple[str, dict[str, msgspec.Raw]])
        return Tables(kept[1] if kept and kept[0] == surroundings else {})

    def save(self, surroundings: str, tables: Tables) -> None:
        """Keep ``tables`` and forget all others, if some were made in this run."""
        if self.store.folder and tables.made:
            self.store.write(self.name, msgspec.msgpack.encode((surroundings, tables.known)))
