"""The repository as ``rewrite`` functions may ask of it: pure look-ups over all scans."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property

from ssot_migrate.index.cases import Cases
from ssot_migrate.index.classes import ClassGraph, ClassRef, Resolved
from ssot_migrate.index.imports import ImportGraph
from ssot_migrate.index.loading import Loading
from ssot_migrate.index.modules import Modules
from ssot_migrate.index.project import Days, Project, Term
from ssot_migrate.index.scan import FileScan, Taking
from ssot_migrate.index.scans import Place, Scans
from ssot_migrate.index.sites import SiteTable
from ssot_migrate.index.tables import Packed, Tables, rows
from ssot_migrate.index.targets import Target
from ssot_migrate.model import Role, Site


class Repository:
    """All that is known of a repository after its files were scanned once."""

    def __init__(
        self,
        scans: Scans | Iterable[FileScan],
        targets: Mapping[Role, Target],
        *,
        rules: frozenset[str] = frozenset(),
        services: Mapping[str, str] | None = None,
        project: Project | None = None,
        days: Days | None = None,
        tables: Tables | None = None,
    ) -> None:
        """Join ``scans``; ``services`` maps each path to its service, ``rules`` are those in force."""
        self.scans = scans if isinstance(scans, Scans) else Scans.of(scans)
        self.tables = tables or Tables()
        self.targets = targets
        self.rules = rules
        self.services = services or {}
        self.project = project or Project()
        self.dated = False
        self._days = days or Days()
        self.denied: frozenset[str] = frozenset()
        self.answers: Mapping[str, Mapping[str, bool]] = {}
        self.unasked: Mapping[str, str] = {}
        vendored = (target.path for target in targets.values() if target.vendored)
        python = (path for path in self.scans if path.endswith(".py"))
        self.modules = Modules([*python, *vendored], self.project.package_roots)

    def preparations(self) -> tuple[Callable[[], object], ...]:
        """What finds out, part by part, that which most decisions ask for."""
        return (lambda: self.imports.taken, lambda: self.classes.subclasses, lambda: self._peers)

    @cached_property
    def classes(self) -> ClassGraph:
        """The class graph."""
        return ClassGraph(self.scans, self.modules, self.tables)

    @cached_property
    def cases(self) -> Cases:
        """The unittest cases among the classes."""
        return Cases(self.classes, self.targets)

    @cached_property
    def imports(self) -> ImportGraph:
        """Who imports whom, and what from it."""
        return ImportGraph(self.scans, self.modules, self.tables)

    @cached_property
    def pytest_roots(self) -> frozenset[str]:
        """The import roots of files that import pytest."""
        return self.tables.get("pytest", frozenset[str], self._find_pytest)

    def _find_pytest(self) -> frozenset[str]:
        links = ((each.path, fact) for each in self.scans.links() for fact in each.imports)
        tops = ((path, fact.dotted.partition(".")[0]) for path, fact in links)
        return frozenset(self.modules.import_root(path) for path, top in tops if top == "pytest")

    @cached_property
    def path_takers(self) -> frozenset[str]:
        """The files that take folders off ``sys.path`` while they are loaded."""
        return self.tables.get("path takers", frozenset[str], self._find_path_takers)

    def _find_path_takers(self) -> list[str]:
        return [each.path for each in self.scans.parts(Taking) if each.takes_path]

    @cached_property
    def loading(self) -> Loading:
        """Under which names files are loaded."""
        return Loading(self.imports, self.modules, self.project)

    @cached_property
    def _peers(self) -> dict[str, SiteTable]:
        found = self.tables.get("peers", dict[str, Packed], self._find_peers)
        return {rule: SiteTable(self.scans, by_key) for rule, by_key in found.items()}

    def _find_peers(self) -> dict[str, Packed]:
        found: dict[str, dict[str, list[Place]]] = {}
        for place, site in self.scans.places():
            if site.key:
                found.setdefault(site.rule, {}).setdefault(site.key, []).append(place)
        return {rule: rows(by_key.items()) for rule, by_key in found.items()}

    def peers(self, rule: str, key: str) -> Sequence[Site]:
        """Every site of ``rule`` that carries the same key, in path order."""
        return self._peers[rule].get(key, ()) if rule in self._peers else ()

    def peers_elsewhere(self, rule: str, key: str, service: str, most: int) -> tuple[int, Sequence[Site]]:
        """How many sites of ``rule`` that carry the same key other services have, and the first of them."""
        if rule not in self._peers:
            return 0, ()
        return self._peers[rule].elsewhere(key, lambda path: self.service(path) == service, most)

    def twins(self, rule: str, key: str) -> Sequence[Site]:
        """Every site of ``rule`` that carries the same key, if several do."""
        return self._peers[rule].shared(key) if rule in self._peers else ()

    def sites_by(self, name: str, rule: str, key: Callable[[Site], str]) -> SiteTable:
        """The sites of ``rule`` by a ``key`` (those without one are left out), each in path order.

        It is remembered as ``name`` while the facts of all files are the same: no key may tell of a place.
        """

        def find() -> Packed:
            found: dict[str, list[Place]] = {}
            for place, site in self.scans.places(rule):
                if own := key(site):
                    found.setdefault(own, []).append(place)
            return rows(found.items())

        return SiteTable(self.scans, self.tables.get(name, Packed, find))

    @property
    def days(self) -> Days:
        """The days that count. A decision that asks for them holds for this day alone: ``dated`` says so."""
        self.dated = True
        return self._days

    def term(self, path: str) -> Term:
        """The term of an alias that is made in the file ``path``."""
        return Term(self.project.owner or self.service(path), self.days.day, self.days.until)

    def promised(self, promise: str) -> bool:
        """Whether a change of another file (``class:path:Name``) may still be counted on."""
        return promise not in self.denied

    def mentions(self, path: str, word: str) -> bool | None:
        """Whether a word that a rule asked for stands in a file; None if the file could not be read."""
        return self.answers.get(path, {}).get(word)

    def mentioning(self, phrase: str) -> list[str]:
        """The files in which a phrase stands that a rule asked for everywhere."""
        return [path for path, words in self.answers.items() if words.get(phrase)]

    def target(self, role: Role) -> Target | None:
        """What the profile's role really is in this repository, or None if it has no such role."""
        target = self.targets.get(role)
        return target if target and target.exists else None

    def service(self, path: str) -> str:
        """The service that owns a path."""
        return self.services.get(path, "")

    def class_at(self, path: str, name: str) -> ClassRef | None:
        """A class by file and qualified name."""
        return self.classes.get(path, name)

    def resolve(self, dotted: str, path: str) -> Resolved:
        """What a dotted name means in a file: a class of the repository or an outside name."""
        return self.classes.resolve(dotted, path)

    def canonical(self, dotted: str, path: str) -> str:
        """The outside name that a re-exported name ends in (``compat.environ`` → ``os.environ``)."""
        resolved = self.resolve(dotted, path)
        return resolved if isinstance(resolved, str) else resolved.key
