"""Sites of all files by a key, kept as places and unpacked when they are asked for."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence

from ssot_migrate.index.scans import Place, Scans
from ssot_migrate.index.tables import Packed, unpacked
from ssot_migrate.model import Site

_RECENT = 64


class SiteTable(Mapping[str, Sequence[Site]]):
    """Sites by key, in path order; those that were asked for of late stay unpacked."""

    def __init__(self, scans: Scans, found: Packed) -> None:
        """``found`` has the places of each key, packed."""
        self._scans, self._found = scans, found
        self._recent: dict[str, tuple[Site, ...]] = {}

    def __getitem__(self, key: str) -> Sequence[Site]:
        """The sites with this key."""
        sites = self._recent.pop(key, None)
        if sites is None:
            sites = tuple(self._scans.at(unpacked(self._found[key], tuple[Place, ...])))
            if len(self._recent) >= _RECENT:
                del self._recent[next(iter(self._recent))]  # the one that was not asked for the longest
        self._recent[key] = sites
        return sites

    def shared(self, key: str) -> Sequence[Site]:
        """The sites with this key, if more than one has it."""
        places = self._found.get(key)
        return self[key] if places is not None and len(unpacked(places, tuple[Place, ...])) > 1 else ()

    def elsewhere(self, key: str, here: Callable[[str], bool], most: int) -> tuple[int, Sequence[Site]]:
        """How many sites with this key are in files that are not ``here``, and the first of them."""
        places = unpacked(self._found[key], tuple[Place, ...]) if key in self._found else ()
        others = [place for place in places if not here(self._scans.path_at(place))]
        return len(others), tuple(self._scans.at(others[:most]))

    def __contains__(self, key: object) -> bool:
        """Whether a site has this key."""
        return key in self._found

    def __iter__(self) -> Iterator[str]:
        """All keys."""
        return iter(self._found)

    def __len__(self) -> int:
        """How many keys there are."""
        return len(self._found)
