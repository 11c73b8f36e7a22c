"""The scans of all files as they are kept: packed, and unpacked one at a time when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property, lru_cache
from itertools import groupby
from operator import attrgetter, itemgetter
from typing import TypeVar

import msgspec

from ssot_migrate.index.packed import PackedScan, packed
from ssot_migrate.index.scan import FileScan, Links
from ssot_migrate.index.shelf import Shelf
from ssot_migrate.model import Site

P = TypeVar("P")
_RECENT = 64  # of one file: some 30 kB, and of its links a tenth of that
Place = tuple[int, int]
"""The number of a file in the order of scans, and of a site in it."""


class Scans(Mapping[str, FileScan]):
    """Scans by path. Who goes through all of them asks for ``links``, or for the ``sites_of`` a rule."""

    def __init__(self, scans: Iterable[PackedScan], shelf: Shelf | None = None) -> None:
        """Keep ``scans``, in path order; sites of some are on the ``shelf``."""
        self.packed = known = {scan.path: scan for scan in sorted(scans, key=attrgetter("path"))}
        self.whole = whole = (shelf or Shelf()).whole
        self.sites = sites = lru_cache(_RECENT)(lambda path: whole(known[path]).all_sites())
        self._recent: Callable[[str], FileScan] = lru_cache(_RECENT)(
            lambda path: known[path].with_sites(sites(path))
        )
        self._links: Callable[[str], Links] = lru_cache(8 * _RECENT)(lambda path: known[path].links())

    @classmethod
    def of(cls, scans: Iterable[FileScan]) -> Scans:
        """Pack ``scans``."""
        return cls(map(packed, scans))

    def __reduce__(self) -> tuple[type[Scans], tuple[tuple[PackedScan, ...]]]:
        """What a spawned process gets."""
        return Scans, (tuple(map(self.whole, self.packed.values())),)

    def __getitem__(self, path: str) -> FileScan:
        """The scan of a file."""
        return self._recent(path)

    def __contains__(self, path: object) -> bool:
        """Whether a file was scanned."""
        return path in self.packed

    def __iter__(self) -> Iterator[str]:
        """All paths."""
        return iter(self.packed)

    def __len__(self) -> int:
        """How many files there are."""
        return len(self.packed)

    def is_read(self, path: str) -> bool:
        """Whether a file was scanned without problems."""
        return path in self.packed and not self.packed[path].broken

    def links_of(self, path: str) -> Links | None:
        """The links of one file; None if it was not scanned."""
        return self._links(path) if path in self.packed else None

    def links(self) -> Iterator[Links]:
        """The links of every file."""
        return self.parts(Links)

    def parts(self, kind: type[P]) -> Iterator[P]:
        """Of every file's scan what ``kind`` has, without its sites."""
        unpack = msgspec.msgpack.Decoder(kind).decode
        return (unpack(scan.rest) for scan in self.packed.values())

    def places(self, rule: str = "") -> Iterator[tuple[Place, Site]]:
        """Every site of a rule, or of all, and where it is to be found again."""
        for number, scan in enumerate(self.packed.values()):
            if (rule in scan.rules) if rule else scan.rules:
                for index, site in enumerate(self.whole(scan).all_sites()):
                    if not rule or site.rule == rule:
                        yield (number, index), site

    def sites_of(self, rule: str) -> Iterator[Site]:
        """Every site of a rule, file by file."""
        return (site for _, site in self.places(rule))

    def at(self, places: Iterable[Place]) -> Iterator[Site]:
        """The sites at ``places``, which are in order."""
        for number, found in groupby(places, itemgetter(0)):
            yield from self.whole(self._in_order[number]).some_sites(index for _, index in found)

    def path_at(self, place: Place) -> str:
        """The file of a place."""
        return self._in_order[place[0]].path

    @cached_property
    def _in_order(self) -> tuple[PackedScan, ...]:
        return tuple(self.packed.values())
