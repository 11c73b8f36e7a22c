"""One file in, one ``FileScan`` out; no exception of a rule or a parser leaves this module."""

from __future__ import annotations

import ast
from bisect import bisect_right
from collections.abc import Callable, Iterable, Sequence
from typing import Any

import msgspec

from ssot_migrate.copies.sharing import import_effect
from ssot_migrate.engine.asking import Asked, Questions, of_rules
from ssot_migrate.engine.classfacts import alias_facts, class_fact, exported_names, import_facts
from ssot_migrate.engine.compliance import Compliance, Uses
from ssot_migrate.engine.hits import Explainer
from ssot_migrate.engine.origin import is_generated, is_generated_text, is_script, loads_tests
from ssot_migrate.engine.reading import is_utf8, read_python, read_sparsely
from ssot_migrate.engine.suppressions import suppressions
from ssot_migrate.engine.unparsed import names_files, unparsed
from ssot_migrate.findings import Problem
from ssot_migrate.index.scan import ClassFact, FileScan, HitCount
from ssot_migrate.languages.import_path import takes_from_path
from ssot_migrate.languages.layout import layout
from ssot_migrate.languages.python import Incomplete, PythonDocument, package_name
from ssot_migrate.languages.vocabulary import Vocabulary
from ssot_migrate.languages.walk import walk
from ssot_migrate.model import FileKind, Site, Source
from ssot_migrate.transform import Transform

Visitors = dict[type[ast.AST], list[Callable[[Any], None]]]


class Scanner:
    """Scans files for a fixed set of rules; made once per process."""

    def __init__(
        self, rules: Sequence[Transform], markers: Sequence[str] = (), compliance: Compliance | None = None
    ) -> None:
        """Prepare to look for ``rules``; ``markers`` are the team's own suppression words."""
        self.rules = rules
        self.own = {rule.slug: rule.own for rule in rules}
        self.markers = markers
        self.compliance = compliance or Compliance({}, {})
        self.questions = Questions(rules, self.compliance)
        self.able = [rule for rule in rules if rule.command_detectors]
        self.command_words = Vocabulary(w for r in self.able for w in (*r.command_words, *r.command_also))

    def scan(self, source: Source, classes: bool = False, asked: Sequence[str] = ()) -> FileScan:
        """All sites and facts of one file; what could not be read is a ``Problem`` in it.

        ``classes``: look at every class, not only at those around sites. ``asked``: rules to show it to.
        """
        found = self._scan(source, classes)
        if not asked:
            return found
        shown = [rule for rule in self.rules if rule.slug in asked]
        sites = [site for rule in shown for detector in rule.file_detectors for site in detector(source)]
        return msgspec.structs.replace(found, sites=(*found.sites, *sites), asked=tuple(asked))

    def _scan(self, source: Source, classes: bool) -> FileScan:
        if source.kind is FileKind.BACKUP:
            return FileScan(source.path, source.oid)
        if source.kind is not FileKind.PYTHON:
            return self._scan_commands(source)
        asked = self.questions.of(source.path, source.data, classes)
        told = self._told(source, asked) if asked else {}
        if asked is None or told is not None:
            return unparsed(source, told or {})
        if all(rule.sparse for rule in asked.rules):
            doc = self._read_sparsely(source, asked)
            try:
                if doc:
                    return _Pass(self, doc, asked).run()
            except Incomplete:
                pass
        return self._scan_whole(source, asked)

    def _told(self, source: Source, asked: Asked) -> dict[str, int] | None:
        """What is compliant in a file that no rule looks at, if its text tells it."""
        if asked.rules or asked.classes or not is_utf8(source):
            return None
        return self.compliance.told(source.data, asked.uses, package_name(source.path))

    def _read_sparsely(self, source: Source, asked: Asked) -> PythonDocument | None:
        inside = self.questions.to_parse(source.data, asked)
        anywhere = of_rules(source.data, asked, [rule for rule in asked.rules if not rule.heads])
        spans = [span for rule in asked.rules if rule.sparse for span in rule.sparse(source.data)]
        # Where imports of functions stand is told of files with sites alone.
        return read_sparsely(source, anywhere, spans, inside, imports=bool(asked.rules))

    def _scan_whole(self, source: Source, asked: Asked) -> FileScan:
        doc = read_python(source)
        if isinstance(doc, Problem):
            return _unread(source, doc, asked)
        if doc.text is not source.data:
            asked = self.questions.again(asked, source.path, doc.text)
        return _Pass(self, doc, asked).run()

    def _scan_commands(self, source: Source) -> FileScan:
        standing = self.command_words.standing(source.data)
        rules = [r for r in self.able if not standing.isdisjoint((*r.command_words, *r.command_also))]
        if not rules:
            return FileScan(source.path, source.oid)
        from ssot_migrate.engine.commands import scan_commands

        found = scan_commands(source, rules, self.markers)
        return msgspec.structs.replace(found, generated=is_generated_text(source.data))


def _unread(source: Source, problem: Problem, asked: Asked) -> FileScan:
    counts = tuple(HitCount(rule, len(found)) for rule, found in asked.hits.items() if found)
    return FileScan(source.path, source.oid, hits=counts, problems=(problem,), classes_seen=asked.classes)


class _Pass:
    """The walk over one document, for the rules whose words it holds."""

    def __init__(self, scanner: Scanner, doc: PythonDocument, asked: Asked) -> None:
        self.scanner, self.doc, self.asked = scanner, doc, asked
        self.sites: list[Site] = []
        self.classes: list[ClassFact] = []
        self.problems: list[Problem] = []
        self.explainer = Explainer(doc)
        self.uses = Uses(scanner.compliance, doc, asked.uses)

    def run(self) -> FileScan:
        walk(self.doc, self._lines(), self._visitors())
        script = is_script(self.doc.text)
        return FileScan(
            self.doc.source.path,
            self.doc.source.oid,
            sites=tuple(self.sites),
            classes=tuple(self.classes),
            imports=import_facts(self.doc),
            aliases=alias_facts(self.doc),
            exported=exported_names(self.doc),
            suppressions=tuple(suppressions(self.doc.text, self.scanner.markers)),
            hits=tuple(self._counts()),
            compliant=dict(self.uses.counts),
            problems=tuple(self.problems),
            head=msgspec.msgpack.encode(layout(self.doc)) if self.sites else b"",
            encoding=self.doc.encoding,
            parsed=True,
            takes_path=takes_from_path(self.doc.source.data),
            names_files=names_files(self.doc.source),
            classes_seen=self.asked.classes,
            generated=bool(self.sites) and is_generated(self.doc),
            script=script,
            loads_tests=script and loads_tests(self.doc.text),
            effect=import_effect(self.doc.tree),
        )

    def _lines(self) -> list[int]:
        """Sorted lines that the walk must reach."""
        offsets = self.scanner.questions.offsets(self.doc.text, self.asked)
        return sorted({bisect_right(self.doc.starts, offset) for offset in offsets})

    def _visitors(self) -> Visitors:
        visitors: Visitors = {ast.ClassDef: [self._class]}
        for collector in (self.explainer.visitors(), self.uses.visitors()):
            for kind, visitor in collector.items():
                visitors.setdefault(kind, []).append(visitor)
        for rule in self.asked.rules:
            for kind, detectors in rule.detectors.items():
                visitors.setdefault(kind, []).extend(self._guarded(rule, d) for d in detectors)
        return visitors

    def _class(self, node: ast.ClassDef) -> None:
        self.classes.append(class_fact(node, self.doc))

    def _guarded(self, rule: Transform, detector: Callable[..., Iterable[Site]]) -> Callable[[Any], None]:
        def visit(node: ast.AST) -> None:
            try:
                self.sites.extend(detector(node, self.doc))
            except (Incomplete, MemoryError):
                raise
            except Exception as error:  # noqa: BLE001 - the worker boundary: a rule's crash costs its node
                message = f"{rule.slug} crashed at line {getattr(node, 'lineno', 0)}: {error!r}"
                self.problems.append(Problem(self.doc.source.path, "detect", message))

        return visit

    def _counts(self) -> Iterable[HitCount]:
        claimed: dict[str, set[int]] = {}
        for site in self.sites:
            claimed.setdefault(site.rule, set()).update(site.hits)
        for rule in self.asked.rules:
            if hits := self.asked.hits.get(rule.slug):
                yield self.explainer.count(rule.slug, hits, claimed.get(rule.slug, ()), self.asked.remarks)
