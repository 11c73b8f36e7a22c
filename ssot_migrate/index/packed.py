"""The scan of one file as it is kept: packed, but for what is asked of every file."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import msgspec

from ssot_migrate.findings import Problem, is_passing
from ssot_migrate.index.scan import FileScan, Head, HitCount, Links, Names, Sketch
from ssot_migrate.languages.layout import Layout
from ssot_migrate.model import Frozen, Site

_pack = msgspec.msgpack.Encoder().encode
_split = msgspec.msgpack.Decoder(tuple[msgspec.Raw, ...]).decode
_unpack_site = msgspec.msgpack.Decoder(Site).decode
_unpack_sites = msgspec.msgpack.Decoder(tuple[Site, ...]).decode
_unpack_rest = msgspec.msgpack.Decoder(FileScan).decode
_unpack_head = msgspec.msgpack.Decoder(Head).decode
_unpack_names = msgspec.msgpack.Decoder(Names).decode
_unpack_layout = msgspec.msgpack.Decoder(Layout).decode
_unpack_links = msgspec.msgpack.Decoder(Links).decode
NO_SITES = msgspec.Raw(_pack(()))
NO_SKETCH = msgspec.Raw(_pack(Sketch()))


class Counts(Frozen, frozen=True):
    """What a plan says of a file as a whole."""

    path: str
    hits: tuple[HitCount, ...] = ()
    compliant: dict[str, int] = {}
    problems: tuple[Problem, ...] = ()
    parsed: bool = False


_unpack_counts = msgspec.msgpack.Decoder(Counts).decode


class PackedScan(Frozen, frozen=True, array_like=True):
    """A ``FileScan``: what is asked of every file as it is, the ``sites``, the ``rest`` and a sketch packed.

    ``rules`` are those of its sites; ``live``: there is something to decide; ``broken``: there are problems,
    and ``passing``: another run may not have them.
    """

    path: str
    oid: str
    facts: str
    rules: tuple[str, ...]
    live: bool
    broken: bool
    passing: bool
    classes_seen: bool
    asked: tuple[str, ...]
    sites: msgspec.Raw
    rest: msgspec.Raw
    sketch: msgspec.Raw = NO_SKETCH

    def unpacked(self) -> FileScan:
        """The scan."""
        return self.with_sites(self.all_sites())

    def with_sites(self, sites: tuple[Site, ...]) -> FileScan:
        """The scan, of which ``sites`` are unpacked already."""
        return msgspec.structs.replace(_unpack_rest(self.rest), sites=sites)

    def all_sites(self) -> tuple[Site, ...]:
        """The sites alone."""
        return _unpack_sites(self.sites)

    def some_sites(self, numbers: Iterable[int]) -> Iterator[Site]:
        """Those of the sites that have these numbers."""
        sites = _split(self.sites)
        return (_unpack_site(sites[number]) for number in numbers)

    def links(self) -> Links:
        """What ties the file to others."""
        return _unpack_links(self.rest)

    def names_files(self) -> tuple[str, ...]:
        """As those of the scan."""
        return _unpack_names(self.rest).names_files

    def layout(self) -> Layout | None:
        """As that of the scan."""
        head = _unpack_head(self.rest).head
        return _unpack_layout(head) if head else None

    def counts(self) -> Counts:
        """What the ledger and the score need."""
        return _unpack_counts(self.rest)


def packed(scan: FileScan) -> PackedScan:
    """``scan``, packed."""
    rules = tuple(dict.fromkeys(site.rule for site in scan.sites))
    rest = msgspec.structs.replace(scan, sites=())
    return PackedScan(
        scan.path, scan.oid, scan.facts, rules, bool(scan.sites or scan.suppressions),
        bool(scan.problems), is_passing(scan.problems), scan.classes_seen, scan.asked,
        msgspec.Raw(_pack(scan.sites)), msgspec.Raw(_pack(rest)),
    )  # fmt: skip
