"""Which files import which while they are loaded, and which names they take from each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from functools import cached_property

from ssot_migrate.index.meanings import Meaning, Meanings
from ssot_migrate.index.modules import Modules
from ssot_migrate.index.scan import FileScan, ImportFact


class ImportGraph:
    """Module-level imports between the files of a repository."""

    def __init__(self, scans: Mapping[str, FileScan], modules: Modules) -> None:
        """Nothing is followed before it is asked for."""
        self.scans, self.modules, self.meanings = scans, modules, Meanings(modules)
        self._behind: dict[str, frozenset[str]] = {}
        self._direct: dict[str, frozenset[str]] = {}
        self._outside: dict[str, frozenset[str]] = {}

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
    def importers(self) -> Mapping[str, Set[str]]:
        """By file, those that import it while they are loaded."""
        found: dict[str, set[str]] = {}
        for path in self.scans:
            for giver in self.direct(path):
                found.setdefault(giver, set()).add(path)
        return found

    @cached_property
    def _inside(self) -> Sequence[tuple[str, ImportFact, Meaning]]:
        """Every import of a file of the repository: by whom, and what it means."""
        scans, of = self.scans.items(), self.meanings.of
        return [
            (path, fact, meaning)
            for path, scan in scans
            for fact, meaning in of(path, scan)
            if meaning.spelled
        ]

    @cached_property
    def takers(self) -> Mapping[tuple[str, str], Set[tuple[str, str]]]:
        """By file and name, who imports it and under which local name; ``*`` where they may take any."""
        found: dict[tuple[str, str], set[tuple[str, str]]] = {}
        for path, fact, meaning in self._inside:
            giver, spelling = meaning.spelled[0]
            name = "*" if spelling == fact.dotted else fact.dotted.rpartition(".")[2]
            found.setdefault((giver, name), set()).add((path, fact.name))
        return found

    @cached_property
    def outside_takers(self) -> Mapping[str, Set[tuple[str, str]]]:
        """By the last two parts of a dotted name from outside, who imports it and under which local name."""
        found: dict[str, set[tuple[str, str]]] = {}
        for path, scan in self.scans.items():
            for fact, meaning in self.meanings.of(path, scan):
                if not meaning.spelled:
                    tail = ".".join(fact.dotted.split(".")[-2:])
                    found.setdefault(tail, set()).add((path, fact.name))
        return found

    @cached_property
    def taken(self) -> Mapping[str, Set[str]]:
        """By file, the names that other files import from it; ``*`` where they may take any."""
        found: dict[str, set[str]] = {}
        for giver, name in self.takers:
            found.setdefault(giver, set()).add(name)
        return found

    def untaken(self, names: Iterable[str], path: str) -> tuple[str, ...]:
        """Those of ``names`` that no other file may take from the file ``path``, in order."""
        taken = self.taken.get(path, frozenset())
        return () if "*" in taken else tuple(sorted(set(names) - taken))

    def handed_on(self, names: Iterable[str], path: str) -> set[str]:
        """Those of ``names`` that other files take from the file ``path``, by name or by a star."""
        star = any(local == "*" for _, local in self.takers.get((path, "*"), ()))
        scan = self.scans.get(path)
        return {
            name
            for name in names
            if (path, name) in self.takers or (star and scan is not None and scan.gives(name))
        }

    @cached_property
    def spellings(self) -> Mapping[str, Set[tuple[str, str]]]:
        """By file, who imports it by an absolute name, and by which."""
        found: dict[str, set[tuple[str, str]]] = {}
        for path, fact, meaning in self._inside:
            for module, dotted in meaning.spelled if not fact.relative else ():
                found.setdefault(module, set()).add((path, dotted))
        return found

    def outside(self, path: str) -> frozenset[str]:
        """Top-level packages from outside the repository that ``path`` itself imports while it is loaded."""
        if path not in self._outside:
            scan, folder = self.scans.get(path), path.rpartition("/")[0]
            tops = {fact.dotted.partition(".")[0] for fact in scan.imports} if scan else ()
            own = {top for top in tops if self.modules.find(top, folder) or self.modules.is_package(top)}
            self._outside[path] = frozenset(tops) - own
        return self._outside[path]

    def direct(self, path: str) -> frozenset[str]:
        """The files that ``path`` itself imports while it is loaded."""
        if path not in self._direct:
            scan = self.scans.get(path)
            meant = self.meanings.of(path, scan) if scan else ()
            self._direct[path] = frozenset().union(*[meaning.loaded for _, meaning in meant])
        return self._direct[path]
