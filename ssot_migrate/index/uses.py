"""What the imports of all files together say, found in one walk and kept packed."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import groupby
from sys import intern

from ssot_migrate.index.meanings import Meanings
from ssot_migrate.index.modules import Modules
from ssot_migrate.index.scan import Links
from ssot_migrate.index.scans import Scans
from ssot_migrate.index.tables import Packed, Rows, rows
from ssot_migrate.model import Frozen

Use = tuple[str, str]
"""A file that imports something, and the name that is meant: there locally, or as it is spelled."""
PackedUse = tuple[int, str]
"""The same with the number of the file."""


class Uses(Frozen, frozen=True, array_like=True):
    """What all imports together say, packed: who imports, and what is loaded, as numbers of files."""

    direct: Packed
    importers: Packed
    takers: Packed
    spellings: Packed


def uses_of(scans: Scans, modules: Modules, files: Sequence[str]) -> Uses:
    """Go through all imports once; ``files`` are all that there are."""
    numbers = {path: number for number, path in enumerate(files)}
    direct: dict[str, set[int]] = {}
    importers: dict[str, list[int]] = defaultdict(list)
    takers, spellings = (defaultdict[str, list[str]](list) for _ in range(2))
    for links, meanings in _with_meanings(scans, modules):
        path = links.path
        loaded = direct[path] = set()
        for fact, meaning in meanings.of(path, links):
            if meaning.loaded:
                loaded.update(map(numbers.__getitem__, meaning.loaded))
            if not meaning.spelled:
                continue
            giver, spelling = meaning.spelled[0]
            name = "*" if spelling == fact.dotted else fact.dotted.rpartition(".")[2]
            takers[giver] += (intern(name), path, intern(fact.name))
            for module, dotted in meaning.spelled if not fact.relative else ():
                spellings[module] += (path, dotted)
        for giver_number in loaded:
            importers[files[giver_number]].append(numbers[path])
    return Uses(
        rows(direct.items()),
        rows(importers.items()),
        rows((giver, _by_name(flat, numbers)) for giver, flat in takers.items()),
        rows((module, _pairs(flat, numbers)) for module, flat in spellings.items()),
    )


def _with_meanings(scans: Scans, modules: Modules) -> Iterator[tuple[Links, Meanings]]:
    """All links; what they mean is kept for a folder of the root, since others hardly share it."""
    for _, inside in groupby(scans.links(), lambda links: links.path.partition("/")[0]):
        meanings = Meanings(modules)
        yield from ((links, meanings) for links in inside)


def outside_of(scans: Scans, meanings: Meanings, files: Sequence[str]) -> Packed:
    """Imports from outside of the repository, by the last two parts of their names."""
    found = defaultdict[str, list[str]](list)
    for links in scans.links():
        for fact, meaning in meanings.of(links.path, links):
            if not meaning.spelled:
                found[".".join(fact.dotted.split(".")[-2:])] += (links.path, intern(fact.name))
    numbers = {path: number for number, path in enumerate(files)}
    return rows((tail, _pairs(flat, numbers)) for tail, flat in found.items())


def _pairs(flat: Sequence[str], numbers: Mapping[str, int]) -> set[PackedUse]:
    """The files and names, of these two in a row."""
    return {(numbers[path], name) for path, name in zip(flat[::2], flat[1::2], strict=True)}


def _by_name(flat: Sequence[str], numbers: Mapping[str, int]) -> Mapping[str, set[PackedUse]]:
    """By name, the files that take it and their local names, of these three in a row."""
    found: dict[str, set[PackedUse]] = {}
    for name, path, local in zip(flat[::3], flat[1::3], flat[2::3], strict=True):
        found.setdefault(name, set()).add((numbers[path], local))
    return found


def uses_by(files: Sequence[str], found: Iterable[PackedUse]) -> frozenset[Use]:
    """What was packed."""
    return frozenset((files[number], name) for number, name in found)


def named(files: Sequence[str], numbers: Iterable[int]) -> frozenset[str]:
    """The files that are meant by ``numbers``."""
    return frozenset(map(files.__getitem__, numbers))


class Takers(Mapping[tuple[str, str], frozenset[Use]]):
    """By file and name, who imports it."""

    def __init__(self, found: Packed, files: Sequence[str]) -> None:
        """``found`` has the names of each file, and by name who imports it, packed."""
        self._of = Rows[Mapping[str, tuple[PackedUse, ...]]](found, dict[str, tuple[PackedUse, ...]])
        self._files = files

    def __getitem__(self, key: tuple[str, str]) -> frozenset[Use]:
        """Who imports this name from this file."""
        path, name = key
        return uses_by(self._files, self._of[path][name])

    def __iter__(self) -> Iterator[tuple[str, str]]:
        """All files and names."""
        return ((path, name) for path, names in self._of.items() for name in names)

    def __len__(self) -> int:
        """How many names of files are imported."""
        return sum(map(len, self._of.values()))
