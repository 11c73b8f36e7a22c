"""The class graph of the whole repository, followed through re-exports and star imports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from copy import copy
from functools import cached_property, partial
from typing import NamedTuple

from ssot_migrate.index.modules import Modules
from ssot_migrate.index.scan import ClassFact, Defining, Links
from ssot_migrate.index.scans import Scans
from ssot_migrate.index.tables import Packed, Rows, Tables, rows
from ssot_migrate.model import Frozen


class ClassRef(NamedTuple):
    """A class of the repository: where it is defined and what is known of it."""

    path: str
    fact: ClassFact

    @property
    def key(self) -> str:
        """An identity that survives edits: ``path:Qualified.Name``."""
        return f"{self.path}:{self.fact.name}"


Resolved = ClassRef | str


def either(names: Iterable[str]) -> str:
    """A name in doubt that tells all it may stand for."""
    return "?" + " or ".join(dict.fromkeys(name.removeprefix("?") for name in names))


class _Found(Frozen, frozen=True, array_like=True):
    """By class, the file and number of each that derives from it; ``redefined`` as in the graph."""

    heirs: Packed
    redefined: frozenset[str]


class ClassGraph:
    """Resolves dotted names to classes and walks their bases."""

    def __init__(self, scans: Scans, modules: Modules, tables: Tables) -> None:
        """Index the classes of ``scans``."""
        self.scans, self.modules, self.tables = scans, modules, tables
        self._other: Links | None = None
        self._resolved: dict[tuple[str, str], Resolved] = {}

    @cached_property
    def subclasses(self) -> Mapping[str, Sequence[ClassRef]]:
        """By key, the classes that derive from it directly."""
        return Rows(self._found.heirs, tuple[tuple[str, int], ...], partial(_classes, self.scans))

    @cached_property
    def redefined(self) -> frozenset[str]:
        """The keys of classes that their file defines more than once."""
        return self._found.redefined

    @cached_property
    def _found(self) -> _Found:
        return self.tables.get("classes", _Found, self._find)

    def _find(self) -> _Found:
        """Go through all classes: first which are defined twice, since that decides what a base means."""
        defined = ((each.path, own.name) for each in self.scans.parts(Defining) for own in each.classes)
        count = Counter(f"{path}:{name}" for path, name in defined)
        self.redefined = frozenset(key for key, times in count.items() if times > 1)
        heirs: dict[str, list[tuple[str, int]]] = {}
        for links in self.scans.links():
            for number, fact in enumerate(links.classes):
                for base in self.bases(ClassRef(links.path, fact)):
                    if isinstance(base, ClassRef):
                        heirs.setdefault(base.key, []).append((links.path, number))
        return _Found(rows(heirs.items()), self.redefined)

    def with_file(self, scan: Links) -> ClassGraph:
        """This graph with one file as ``scan`` has it; whom its classes are bases of is not followed."""
        _ = self.redefined  # found in what all files are
        changed = copy(self)
        changed._other = scan
        changed._resolved = {}
        return changed

    def links_of(self, path: str) -> Links | None:
        """What ties a file to others; None if it was not scanned."""
        return self._other if self._other and self._other.path == path else self.scans.links_of(path)

    def named(self, path: str) -> Mapping[str, ClassFact]:
        """The classes of a file by their qualified names."""
        links = self.links_of(path)
        return {fact.name: fact for fact in links.classes} if links else {}

    def below(self, ref: ClassRef) -> Iterator[ClassRef]:
        """Every class that derives from ``ref``, each once; cycles end."""
        seen = {ref.key}
        queue = [ref]
        while queue:
            for heir in self.subclasses.get(queue.pop().key, ()):
                if heir.key not in seen:
                    seen.add(heir.key)
                    queue.append(heir)
                    yield heir

    def get(self, path: str, name: str) -> ClassRef | None:
        """The class ``name`` (qualified inside its file) of ``path``."""
        links = self.links_of(path)
        fact = next((f for f in reversed(links.classes) if f.name == name), None) if links else None
        return ClassRef(path, fact) if fact else None

    def bases(self, ref: ClassRef) -> tuple[Resolved, ...]:
        """Direct bases: classes of the repository, or dotted names of others; ``?`` marks doubt."""
        return tuple(self.resolve(base, ref.path) for base in ref.fact.bases)

    def resolve(self, dotted: str, path: str) -> Resolved:
        """What ``dotted`` means in the file ``path``, through re-exports."""
        key = (dotted, path)
        if key not in self._resolved:
            _ = self.redefined  # found by resolving all, which must not meet this name half resolved
            self._resolved[key] = dotted  # what a cycle of re-exports ends with
            self._resolved[key] = self._resolve(dotted, path, 8)
        return self._resolved[key]

    def _resolve(self, dotted: str, path: str, depth: int) -> Resolved:
        if dotted.startswith("?") or not depth:
            return dotted
        folder = path.rpartition("/")[0]
        parts = dotted.split(".")
        for cut in range(len(parts) - 1, 0, -1):
            module = self.modules.find(".".join(parts[:cut]), folder)
            if module:
                return self._inside(module, parts[cut:], dotted, depth)
        return self.get(path, dotted) or dotted

    def _inside(self, module: str, rest: list[str], dotted: str, depth: int) -> Resolved:
        """What ``rest`` means in a file of the repository; with ``?`` where nothing there defines it."""
        scan = self.links_of(module)
        if not scan or not scan.parsed:
            return dotted
        bound = [fact for fact in (*scan.imports, *scan.aliases) if fact.name == rest[0]]
        again = [".".join([fact.dotted, *rest[1:]]) for fact in bound]
        if ref := self.get(module, ".".join(rest)):
            return either([dotted, *again]) if bound or ref.key in self.redefined else ref
        if bound:
            return self._resolve(again[0], module, depth - 1) if bound[0].certain else either(again)
        found = dict(self._of_stars(scan, rest, depth))
        if len(found) > 1:
            return either(found.values())
        return next(iter(found), f"?{dotted}")

    def _of_stars(self, scan: Links, rest: list[str], depth: int) -> Iterator[tuple[Resolved, str]]:
        """What the star imports of a file give under a name, each with its dotted name.

        Classes, and names from outside that a file of the repository binds: what a star of a module
        from outside may give is not known.
        """
        for fact in scan.imports:
            if fact.name == "*":
                dotted = ".".join([fact.dotted.removesuffix(".*"), *rest])
                giver = self.modules.find(fact.dotted.removesuffix(".*"), scan.path.rpartition("/")[0])
                links = self.links_of(giver) if giver else None
                if links is None or links.gives(rest[0]):
                    found = self._resolve(dotted, scan.path, depth - 1)
                    if isinstance(found, ClassRef) or not (
                        giver is None or found.startswith("?") or found == dotted
                    ):
                        yield found, dotted

    def ancestors(self, ref: ClassRef) -> Iterator[Resolved]:
        """Every class above ``ref``, nearest first, each once; cycles end."""
        seen = {ref.key}
        queue = list(self.bases(ref))
        while queue:
            base = queue.pop(0)
            name = base.key if isinstance(base, ClassRef) else base
            if name in seen:
                continue
            seen.add(name)
            yield base
            if isinstance(base, ClassRef):
                queue.extend(self.bases(base))


def _classes(scans: Scans, places: Iterable[tuple[str, int]]) -> list[ClassRef]:
    found = ((path, number, scans.links_of(path)) for path, number in places)
    return [ClassRef(path, links.classes[number]) for path, number, links in found if links]
