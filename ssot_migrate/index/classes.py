"""The class graph of the whole repository, followed through re-exports and star imports."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from copy import copy
from typing import NamedTuple

from ssot_migrate.index.modules import Modules
from ssot_migrate.index.scan import ClassFact, FileScan


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


class ClassGraph:
    """Resolves dotted names to classes and walks their bases.

    ``redefined`` are the keys of classes that their file defines more than once.
    """

    def __init__(self, scans: Iterable[FileScan], modules: Modules) -> None:
        """Index the classes of ``scans``."""
        self.scans = {scan.path: scan for scan in scans}
        self.modules = modules
        self.by_name: dict[str, dict[str, ClassFact]] = {
            path: {fact.name: fact for fact in scan.classes}
            for path, scan in self.scans.items()
            if scan.classes
        }
        self._resolved: dict[tuple[str, str], Resolved] = {}
        self.subclasses: dict[str, list[ClassRef]] = {}
        every = [ClassRef(path, fact) for path, scan in self.scans.items() for fact in scan.classes]
        count = Counter(ref.key for ref in every)
        self.redefined = frozenset(key for key, times in count.items() if times > 1)
        for ref in every:
            for base in self.bases(ref):
                if isinstance(base, ClassRef):
                    self.subclasses.setdefault(base.key, []).append(ref)

    def with_file(self, scan: FileScan) -> ClassGraph:
        """This graph with one file as ``scan`` has it; whom its classes are bases of is not followed."""
        changed = copy(self)
        changed.scans = {**self.scans, scan.path: scan}
        changed.by_name = {**self.by_name, scan.path: {fact.name: fact for fact in scan.classes}}
        changed._resolved = {}
        return changed

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
        fact = self.by_name.get(path, {}).get(name)
        return ClassRef(path, fact) if fact else None

    def bases(self, ref: ClassRef) -> tuple[Resolved, ...]:
        """Direct bases: classes of the repository, or dotted names of others; ``?`` marks doubt."""
        return tuple(self.resolve(base, ref.path) for base in ref.fact.bases)

    def resolve(self, dotted: str, path: str) -> Resolved:
        """What ``dotted`` means in the file ``path``, through re-exports."""
        key = (dotted, path)
        if key not in self._resolved:
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
        scan = self.scans.get(module)
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

    def _of_stars(self, scan: FileScan, rest: list[str], depth: int) -> Iterator[tuple[Resolved, str]]:
        """What the star imports of a file give under a name, each with its dotted name.

        Classes, and names from outside that a file of the repository binds: what a star of a module
        from outside may give is not known.
        """
        for fact in scan.imports:
            if fact.name == "*":
                dotted = ".".join([fact.dotted.removesuffix(".*"), *rest])
                giver = self.modules.find(fact.dotted.removesuffix(".*"), scan.path.rpartition("/")[0])
                if giver is None or giver not in self.scans or self.scans[giver].gives(rest[0]):
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
