"""One file in, one ``FileScan`` out; no exception of a rule or a parser leaves this module."""

from __future__ import annotations

import ast
from bisect import bisect_right
from collections.abc import Callable, Container, Iterable, Sequence
from typing import Any

import msgspec

from ssot_migrate.engine.classfacts import alias_facts, class_fact, class_statements, import_facts
from ssot_migrate.engine.compliance import Compliance, Uses
from ssot_migrate.engine.hits import Explainer, rule_hits
from ssot_migrate.engine.import_lines import import_lines
from ssot_migrate.engine.origin import is_generated, is_generated_text, is_script
from ssot_migrate.engine.reading import read_python
from ssot_migrate.engine.suppressions import suppressions
from ssot_migrate.index.scan import ClassFact, FileScan, HitCount
from ssot_migrate.languages.layout import layout
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.walk import walk
from ssot_migrate.languages.words import word_offsets
from ssot_migrate.model import FileKind, Problem, Site, Source
from ssot_migrate.transform import Transform

Visitors = dict[type[ast.AST], list[Callable[[Any], None]]]


class Scanner:
    """Scans files for a fixed set of rules; made once per process."""

    def __init__(
        self, rules: Sequence[Transform], markers: Sequence[str] = (), compliance: Compliance | None = None
    ) -> None:
        """Prepare to look for ``rules``; ``markers`` are the team's own suppression words."""
        self.rules = rules
        self.markers = markers
        self.compliance = compliance or Compliance({}, {})

    def scan(self, source: Source, classes: bool = False) -> FileScan:
        """All sites and facts of one file; what could not be read is a ``Problem`` in it.

        ``classes``: look at every class, not only at those around sites.
        """
        if source.kind is not FileKind.PYTHON:
            return self._scan_commands(source)
        hits = {rule.slug: found for rule in self.rules if (found := rule_hits(rule, source.data))}
        places = self._places(source.path, source.data)
        known = {*hits, *places}
        active = [rule for rule in self.rules if self._is_active(rule, source, known, classes)]
        if not active and not classes and not _stands(self.compliance.words, source.data):
            return FileScan(
                source.path,
                source.oid,
                imports=import_lines(source.path, source.data),
                suppressions=tuple(suppressions(source.data)),
            )
        doc = read_python(source)
        if isinstance(doc, Problem):
            return _unread(source, doc, hits)
        if doc.text is not source.data:
            hits = {rule.slug: rule_hits(rule, doc.text) for rule in active}
            places = self._places(source.path, doc.text)
        return _Pass(self, doc, active, hits, places, classes).run()

    def _places(self, path: str, text: bytes) -> dict[str, tuple[int, ...]]:
        """Where rules must look that no word tells, by rule."""
        found = ((rule.slug, tuple(rule.places(path, text))) for rule in self.rules)
        return {slug: offsets for slug, offsets in found if offsets}

    def _is_active(self, rule: Transform, source: Source, known: Container[str], classes: bool) -> bool:
        if rule.slug in known or (classes and rule.classes):
            return True
        beside = not rule.beside or any(word in source.data for word in rule.beside)
        return beside and _stands(rule.also, source.data)

    def _scan_commands(self, source: Source) -> FileScan:
        able = (rule for rule in self.rules if rule.command_detectors)
        rules = [rule for rule in able if _stands((*rule.command_words, *rule.also), source.data)]
        if not rules:
            return FileScan(source.path, source.oid)
        from ssot_migrate.engine.commands import scan_commands

        found = scan_commands(source, rules, self.markers)
        return msgspec.structs.replace(found, generated=is_generated_text(source.data))


def _stands(words: Sequence[bytes], data: bytes) -> bool:
    """Whether any of ``words`` stands in ``data`` as a whole identifier."""
    return any(word in data and next(word_offsets(data, word), None) is not None for word in words)


def _unread(source: Source, problem: Problem, hits: dict[str, tuple[int, ...]]) -> FileScan:
    counts = tuple(HitCount(rule, len(found)) for rule, found in hits.items() if found)
    return FileScan(source.path, source.oid, hits=counts, problems=(problem,))


class _Pass:
    """The walk over one document, for the rules whose words it holds."""

    def __init__(
        self,
        scanner: Scanner,
        doc: PythonDocument,
        rules: Sequence[Transform],
        hits: dict[str, tuple[int, ...]],
        places: dict[str, tuple[int, ...]],
        all_classes: bool,
    ) -> None:
        self.scanner, self.doc, self.rules, self.hits = scanner, doc, rules, hits
        self.places, self.all_classes = places, all_classes
        self.sites: list[Site] = []
        self.classes: list[ClassFact] = []
        self.problems: list[Problem] = []
        self.explainer = Explainer(doc)
        self.uses = Uses(scanner.compliance, doc)

    def run(self) -> FileScan:
        walk(self.doc, self._lines(), self._visitors())
        return FileScan(
            self.doc.source.path,
            self.doc.source.oid,
            sites=tuple(self.sites),
            classes=tuple(self.classes),
            imports=import_facts(self.doc),
            aliases=alias_facts(self.doc),
            suppressions=tuple(suppressions(self.doc.text, self.scanner.markers)),
            hits=tuple(self._counts()),
            compliant=dict(self.uses.counts),
            problems=tuple(self.problems),
            layout=layout(self.doc) if self.sites else None,
            encoding=self.doc.encoding,
            parsed=True,
            classes_seen=self.all_classes,
            generated=bool(self.sites) and is_generated(self.doc),
            script=bool(self.sites) and is_script(self.doc),
        )

    def _lines(self) -> list[int]:
        """Sorted lines that the walk must reach: every hit, place, ``also`` word and class statement."""
        every = (*self.hits.values(), *self.places.values())
        offsets: set[int] = {offset for found in every for offset in found}
        for rule in self.rules:
            for word in rule.also:
                offsets.update(word_offsets(self.doc.text, word))
        if self.all_classes:
            offsets.update(class_statements(self.doc.text))
        offsets.update(self.uses.offsets())
        return sorted({bisect_right(self.doc.starts, offset) for offset in offsets})

    def _visitors(self) -> Visitors:
        visitors: Visitors = {ast.ClassDef: [self._class]}
        for collector in (self.explainer.visitors(), self.uses.visitors()):
            for kind, visitor in collector.items():
                visitors.setdefault(kind, []).append(visitor)
        for rule in self.rules:
            for kind, detectors in rule.detectors.items():
                visitors.setdefault(kind, []).extend(self._guarded(rule, d) for d in detectors)
        return visitors

    def _class(self, node: ast.ClassDef) -> None:
        self.classes.append(class_fact(node, self.doc))

    def _guarded(self, rule: Transform, detector: Callable[..., Iterable[Site]]) -> Callable[[Any], None]:
        def visit(node: ast.AST) -> None:
            try:
                self.sites.extend(detector(node, self.doc))
            except Exception as error:  # noqa: BLE001 - the worker boundary: a rule's crash costs its node
                message = f"{rule.slug} crashed at line {getattr(node, 'lineno', 0)}: {error!r}"
                self.problems.append(Problem(self.doc.source.path, "detect", message))

        return visit

    def _counts(self) -> Iterable[HitCount]:
        for rule in self.rules:
            if hits := self.hits.get(rule.slug):
                yield self.explainer.count(rule.slug, hits, (s for s in self.sites if s.rule == rule.slug))
