"""What the imports of files mean in a repository: found once for all files of a folder."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ssot_migrate.index.modules import Modules
from ssot_migrate.index.scan import FileScan, ImportFact


class Meaning(NamedTuple):
    """What an import of a dotted name means to all files of a folder.

    ``spelled`` are the files that it names, and how: the whole name before what it is taken from.
    ``loaded`` are the files that it loads.
    """

    spelled: tuple[tuple[str, str], ...]
    loaded: tuple[str, ...]


_NOTHING_HERE = Meaning((), ())


class Meanings:
    """The meanings of imported names by folder."""

    def __init__(self, modules: Modules) -> None:
        """Nothing is found before it is asked for."""
        self.modules = modules
        self._known: dict[str, dict[str, Meaning]] = {}

    def of(self, path: str, scan: FileScan) -> Iterator[tuple[ImportFact, Meaning]]:
        """The imports of a file with their meanings, each found once for a folder."""
        folder = path.rpartition("/")[0]
        for fact in scan.imports:
            yield fact, self.of_name(fact.dotted, folder)

    def of_name(self, dotted: str, folder: str) -> Meaning:
        """What an import of ``dotted`` means to the files of ``folder``."""
        known = self._known.setdefault(folder, {})
        meaning = known.get(dotted)
        if meaning is None:
            meaning = known[dotted] = self._found(dotted, folder)
        return meaning

    def _found(self, dotted: str, folder: str) -> Meaning:
        if not self.modules.may_hold(dotted):
            return _NOTHING_HERE
        names = [*_prefixes(dotted)]
        found = {name: file for name in names if (file := self.modules.find(name, folder))}
        if not found:
            return _NOTHING_HERE
        loaded = tuple(file for file in found.values() if not _around(file, f"{folder}/"))
        return Meaning(tuple((found[name], name) for name in names[:-3:-1] if name in found), loaded)


def _around(package: str, folder: str) -> bool:
    """Whether ``package`` is one that ``folder`` lies in: it is being loaded already when its files are."""
    above, slash, name = package.rpartition("/")
    return name == "__init__.py" and folder.startswith(above + slash)


def _prefixes(dotted: str) -> Iterator[str]:
    parts = dotted.split(".")
    return (".".join(parts[:count]) for count in range(1, len(parts) + 1))
