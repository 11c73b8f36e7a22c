"""Sites of files, put aside in a file without a name: most of all scans, and no process holds them."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Sequence
from functools import cached_property
from io import FileIO
from itertools import accumulate

import msgspec

from ssot_migrate.index.packed import NO_SITES, PackedScan
from ssot_migrate.model import Frozen

_pack = msgspec.msgpack.Encoder().encode
_unpack = msgspec.msgpack.Decoder(tuple[PackedScan, ...]).decode


class Apart(Frozen, frozen=True, array_like=True):
    """Scans of some files, packed: all but their sites, and those, one after the other, with their sizes."""

    scans: bytes
    sites: bytes
    sizes: tuple[int, ...]


def apart(scans: Sequence[PackedScan]) -> Apart:
    """``scans`` as they are handed to a shelf."""
    sites = [bytes(scan.sites) for scan in scans]
    bare = [msgspec.structs.replace(scan, sites=NO_SITES) for scan in scans]
    return Apart(_pack(bare), b"".join(sites), tuple(map(len, sites)))


class Shelf:
    """Where the sites of scans are, by path. Forked processes read what was put here before."""

    def __init__(self) -> None:
        """Nothing is put aside."""
        self._places: dict[str, tuple[int, int]] = {}
        self._end = 0

    def __del__(self) -> None:
        """Nothing is left of the file."""
        if "_file" in vars(self):
            self._file.close()

    @cached_property
    def _file(self) -> FileIO:
        return tempfile.TemporaryFile(buffering=0)

    def put(self, found: Apart) -> Iterable[PackedScan]:
        """The scans without their sites; with them where there is no room elsewhere."""
        scans, starts = _unpack(found.scans), accumulate(found.sizes, initial=0)
        places = list(zip(scans, starts, found.sizes, strict=False))
        if not self._has_put(found.sites):
            return [_with(scan, found.sites[start : start + size]) for scan, start, size in places]
        self._places |= {scan.path: (self._end + start, size) for scan, start, size in places if scan.rules}
        self._end += len(found.sites)
        return scans

    def _has_put(self, data: bytes) -> bool:
        try:
            return hasattr(os, "pread") and os.pwrite(self._file.fileno(), data, self._end) == len(data)
        except OSError:
            return False

    def whole(self, scan: PackedScan) -> PackedScan:
        """``scan`` with its sites."""
        if scan.path not in self._places:
            return scan
        start, size = self._places[scan.path]
        return _with(scan, os.pread(self._file.fileno(), size, start))


def _with(scan: PackedScan, sites: bytes) -> PackedScan:
    return msgspec.structs.replace(scan, sites=msgspec.Raw(sites))
