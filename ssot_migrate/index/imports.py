"""Which files import which while they are loaded, and which names they take from each other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from ssot_migrate.index.modules import Modules
from ssot_migrate.index.scan import FileScan


class ImportGraph:
    """Module-level imports between the files of a repository."""

    def __init__(self, scans: Mapping[str, FileScan], modules: Modules) -> None:
        """Nothing is followed before it is asked for."""
        self.scans, self.modules = scans, modules
        self._behind: dict[str, frozenset[str]] = {}
        self._direct: dict[str, frozenset[str]] = {}

    def prepare(self) -> None:
        """Find out what most decisions ask for, so that processes forked from this one have it, too."""
        _ = self.taken, self.spellings

    def behind(self, start: str) -> frozenset[str]:
        """Every file that is loaded because ``start`` is; ``start`` itself only if it imports itself."""
        if start not in self._behind:
            seen: set[str] = set()
            queue = [start]
            while queue:
                fresh = self.direct(queue.pop()) - seen
                seen |= fresh
                queue += fresh
            self._behind[start] = frozenset(seen)
        return self._behind[start]

    def before(self, end: str) -> frozenset[str]:
        """Every file that, while it is loaded, loads ``end``."""
        seen: set[str] = set()
        queue = [end]
        while queue:
            fresh = self.importers.get(queue.pop(), frozenset()) - seen
            seen |= fresh
            queue += fresh
        return frozenset(seen)

    @cached_property
    def importers(self) -> Mapping[str, frozenset[str]]:
        """By file, those that import it while they are loaded."""
        found: dict[str, set[str]] = {}
        for path in self.scans:
            for giver in self.direct(path):
                found.setdefault(giver, set()).add(path)
        return {giver: frozenset(takers) for giver, takers in found.items()}

    @cached_property
    def takers(self) -> Mapping[tuple[str, str], frozenset[tuple[str, str]]]:
        """By file and name, who imports it and under which local name; ``*`` where they may take any.

        Names from outside stand under ``""``, as the last two parts of their dotted name.
        """
        found: dict[tuple[str, str], set[tuple[str, str]]] = {}
        for path, scan in self.scans.items():
            folder = path.rpartition("/")[0]
            for fact in scan.imports:
                found.setdefault(self._given(fact.dotted, folder), set()).add((path, fact.name))
        return {given: frozenset(takers) for given, takers in found.items()}

    @cached_property
    def taken(self) -> Mapping[str, frozenset[str]]:
        """By file, the names that other files import from it; ``*`` where they may take any."""
        found: dict[str, set[str]] = {}
        for giver, name in self.takers:
            if giver:
                found.setdefault(giver, set()).add(name)
        return {path: frozenset(names) for path, names in found.items()}

    def untaken(self, names: Iterable[str], path: str) -> tuple[str, ...]:
        """Those of ``names`` that no other file may take from the file ``path``, in order."""
        taken = self.taken.get(path, frozenset())
        return () if "*" in taken else tuple(sorted(set(names) - taken))

    @cached_property
    def spellings(self) -> Mapping[str, frozenset[tuple[str, str]]]:
        """By file, who imports it by an absolute name, and by which."""
        found: dict[str, set[tuple[str, str]]] = {}
        for path, scan in self.scans.items():
            folder = path.rpartition("/")[0]
            for fact in (fact for fact in scan.imports if not fact.relative):
                for dotted in (fact.dotted, fact.dotted.rpartition(".")[0]):
                    if dotted and (module := self.modules.find(dotted, folder)):
                        found.setdefault(module, set()).add((path, dotted))
        return {path: frozenset(uses) for path, uses in found.items()}

    def _given(self, dotted: str, folder: str) -> tuple[str, str]:
        """The file that gives ``dotted`` to files in ``folder``, and the name under which."""
        module, _, name = dotted.rpartition(".")
        if whole := self.modules.find(dotted, folder):
            return whole, "*"
        if module and (giver := self.modules.find(module, folder)):
            return giver, name
        return "", ".".join(dotted.split(".")[-2:])

    def direct(self, path: str) -> frozenset[str]:
        """The files that ``path`` itself imports while it is loaded."""
        if path not in self._direct:
            self._direct[path] = frozenset(self._found(path))
        return self._direct[path]

    def _found(self, path: str) -> Iterator[str]:
        scan = self.scans.get(path)
        folder = path.rpartition("/")[0]
        for fact in scan.imports if scan else ():
            for dotted in _prefixes(fact.dotted.removesuffix(".*")):
                found = self.modules.find(dotted, folder)
                if found and not _around(found, path):
                    yield found


def _around(package: str, path: str) -> bool:
    """Whether ``package`` is one that ``path`` lies in: it is being loaded already when ``path`` is."""
    folder, slash, name = package.rpartition("/")
    return name == "__init__.py" and path.startswith(folder + slash)


def _prefixes(dotted: str) -> Iterator[str]:
    parts = dotted.split(".")
    return (".".join(parts[:count]) for count in range(1, len(parts) + 1))
