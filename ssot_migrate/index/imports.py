"""Which files import which while they are loaded, and which names they take from each other."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cached_property, partial

from ssot_migrate.index.meanings import Meanings
from ssot_migrate.index.modules import Modules
from ssot_migrate.index.scans import Scans
from ssot_migrate.index.tables import Packed, Rows, Tables
from ssot_migrate.index.uses import PackedUse, Takers, Use, Uses, named, outside_of, uses_by, uses_of


class ImportGraph:
    """Module-level imports between the files of a repository."""

    def __init__(self, scans: Scans, modules: Modules, tables: Tables) -> None:
        """Nothing is followed before it is asked for."""
        self.scans, self.modules, self.meanings, self.tables = scans, modules, Meanings(modules), tables
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

    def direct(self, path: str) -> frozenset[str]:
        """The files that ``path`` itself imports while it is loaded."""
        if path not in self._direct:
            self._direct[path] = self._loaded.get(path, frozenset())
        return self._direct[path]

    @cached_property
    def importers(self) -> Mapping[str, frozenset[str]]:
        """By file, those that import it while they are loaded."""
        return self._by_file(self._found.importers)

    @cached_property
    def takers(self) -> Takers:
        """By file and name, who imports it and under which local name; ``*`` where they may take any."""
        return Takers(self._found.takers, self.files)

    @cached_property
    def outside_takers(self) -> Mapping[str, frozenset[Use]]:
        """By the last two parts of a dotted name from outside, who imports it and under which local name."""
        found = self.tables.get("outside", Packed, partial(outside_of, self.scans, self.meanings, self.files))
        return self._uses(found)

    @cached_property
    def taken(self) -> Mapping[str, frozenset[str]]:
        """By file, the names that other files import from it; ``*`` where they may take any."""
        return Rows(self._found.takers, Packed, frozenset)

    def untaken(self, names: Iterable[str], path: str) -> tuple[str, ...]:
        """Those of ``names`` that no other file may take from the file ``path``, in order."""
        taken = self.taken.get(path, frozenset())
        return () if "*" in taken else tuple(sorted(set(names) - taken))

    def handed_on(self, names: Iterable[str], path: str) -> set[str]:
        """Those of ``names`` that other files take from the file ``path``, by name or by a star."""
        taken = self.taken.get(path, frozenset())
        star = "*" in taken and any(local == "*" for _, local in self.takers.get((path, "*"), ()))
        links = self.scans.links_of(path) if star else None
        return {name for name in names if name in taken or (links is not None and links.gives(name))}

    @cached_property
    def spellings(self) -> Mapping[str, frozenset[Use]]:
        """By file, who imports it by an absolute name, and by which."""
        return self._uses(self._found.spellings)

    def outside(self, path: str) -> frozenset[str]:
        """Top-level packages from outside the repository that ``path`` itself imports while it is loaded."""
        if path not in self._outside:
            links, folder = self.scans.links_of(path), path.rpartition("/")[0]
            tops = {fact.dotted.partition(".")[0] for fact in links.imports} if links else set()
            own = {top for top in tops if self.modules.find(top, folder) or self.modules.is_package(top)}
            self._outside[path] = frozenset(tops - own)
        return self._outside[path]

    @cached_property
    def files(self) -> tuple[str, ...]:
        """All files, in the order in which tables count them."""
        return tuple(sorted({*self.modules.paths, *self.scans.packed}))

    @cached_property
    def _loaded(self) -> Mapping[str, frozenset[str]]:
        return self._by_file(self._found.direct)

    def _by_file(self, found: Packed) -> Mapping[str, frozenset[str]]:
        return Rows(found, tuple[int, ...], partial(named, self.files))

    def _uses(self, found: Packed) -> Mapping[str, frozenset[Use]]:
        return Rows(found, tuple[PackedUse, ...], partial(uses_by, self.files))

    @cached_property
    def _found(self) -> Uses:
        return self.tables.get("imports", Uses, partial(uses_of, self.scans, self.modules, self.files))
