"""Gate: a file whose classes change gives pytest the same test ids as before."""

from __future__ import annotations

import ast
from bisect import bisect_right

import msgspec

from ssot_migrate.engine.classfacts import alias_facts, class_fact, class_statements, import_facts
from ssot_migrate.engine.reading import read_sparsely, read_text
from ssot_migrate.index.cases import Cases
from ssot_migrate.index.collection import collected
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.scan import ClassFact, FileScan
from ssot_migrate.languages.python import Incomplete, PythonDocument
from ssot_migrate.languages.walk import walk
from ssot_migrate.model import Source


def changed_ids(source: Source, scan: FileScan, before: bytes, after: bytes, *, repo: Repository) -> str:
    """A reason if a test id would be lost or gained; empty if not, or where a text does not parse.

    ``before`` and ``after`` are UTF-8 texts of the file; all other files are as they are.
    """
    was = scan if scan.classes_seen else _scan(source, before, scan.encoding)
    becomes = _scan(source, after, scan.encoding)
    if not (was.parsed and becomes.parsed):
        return ""
    states = [(each, Cases(repo.classes.with_file(each), repo.targets)) for each in (was, becomes)]
    for settings in repo.project.pytest_of(source.path).values():
        old, new = (collected(each, cases, settings) for each, cases in states)
        if old != new:
            return f"node-ids: would {'lose' if old - new else 'gain'} the test {min(old - new or new - old)}"
    return ""


def _scan(source: Source, text: bytes, encoding: str) -> FileScan:
    """The classes and imports of ``text`` as a scan; not ``parsed`` if it does not parse."""
    statements = tuple(class_statements(text))
    outline = read_sparsely(msgspec.structs.replace(source, data=text), (), (), statements)
    try:
        return _facts(source, outline) if outline else _whole(source, text, encoding)
    except Incomplete:
        return _whole(source, text, encoding)


def _whole(source: Source, text: bytes, encoding: str) -> FileScan:
    doc = read_text(source, text, encoding)
    return _facts(source, doc) if isinstance(doc, PythonDocument) else FileScan(source.path, source.oid)


def _facts(source: Source, doc: PythonDocument) -> FileScan:
    classes = tuple(_classes(doc))
    imports, aliases = import_facts(doc), alias_facts(doc)
    return FileScan(source.path, source.oid, classes=classes, imports=imports, aliases=aliases, parsed=True)


def _classes(doc: PythonDocument) -> list[ClassFact]:
    classes: list[ClassFact] = []

    def visit(node: ast.AST) -> None:
        if isinstance(node, ast.ClassDef):
            classes.append(class_fact(node, doc))

    lines = sorted({bisect_right(doc.starts, offset) for offset in class_statements(doc.text)})
    walk(doc, lines, {ast.ClassDef: [visit]})
    return classes
