"""Class statements as sites: their bases, and what of their body only the file itself can tell."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ssot_migrate.edits import Span
from ssot_migrate.languages.names import root_name
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.words import word_offsets
from ssot_migrate.model import Capture, Site
from ssot_migrate.transform import Transform
from ssot_migrate.transforms.legacy_base_class import shapes
from ssot_migrate.transforms.legacy_base_class.mentions import only_bases

# Code that finds classes by going through the names of a module meets the imported base as well.
_LOOKS_AT_MODULE = (
    *(b"globals()", b"sys.modules[__name__]", b"getmembers(", b"def load_tests("),
    b"TestCase.__subclasses__(",
)
_LOOKS_AT_BASES = (b"__mro__", b"__bases__", b".mro()", b"getmro(")
_OWN = (b"type(self)", b"self.__class__", b"TestCase")


def header(rule: Transform, node: ast.ClassDef, doc: PythonDocument) -> Iterator[Site]:
    """The site of a class statement that has bases; whether those lead to a test case is not known here."""
    if not node.bases:
        return
    hits = tuple(hit for base in node.bases for hit in hits_in(rule, doc.span(base), doc))
    span = Span(doc.span(node).start, doc.span(node.bases[-1]).end)
    facts = _facts(node, doc, computed=_computed(rule, node.bases, doc))
    yield Site(
        rule.slug,
        "class",
        doc.source.path,
        span,
        node.lineno,
        doc.scope_name(),
        _captures(node, doc),
        facts,
        facts.get("shape", ""),
        hits,
        doc.eager(),
    )


def hits_in(rule: Transform, span: Span, doc: PythonDocument) -> tuple[int, ...]:
    """Where the rule's words stand in a part of the text."""
    part = span.slice(doc.text)
    return tuple(sorted(span.start + offset for word in rule.words for offset in word_offsets(part, word)))


def _captures(node: ast.ClassDef, doc: PythonDocument) -> dict[str, Capture]:
    """The class statement if it may be replaced as a whole, and each base that is a name, by its place."""
    named = (ast.Name, ast.Attribute)
    return {f"base{i}": doc.capture(base) for i, base in enumerate(node.bases) if isinstance(base, named)}


def _computed(rule: Transform, bases: Sequence[ast.expr], doc: PythonDocument) -> bool:
    """Whether one of the words stands in a base that is no plain name, nor one with types in brackets."""
    plain = (base.value if isinstance(base, ast.Subscript) else base for base in bases)
    others = (base for base in plain if not isinstance(base, ast.Name | ast.Attribute))
    return any(hits_in(rule, doc.span(base), doc) for base in others)


@lru_cache(maxsize=2)
def _holds(text: bytes, looks: Sequence[bytes]) -> bool:
    """Whether the text of a file holds any of what many of its classes ask for."""
    return any(look in text for look in looks)


def _looks_at_bases(node: ast.ClassDef, doc: PythonDocument) -> bool:
    """Whether the body may compare the bases of its own class, or of a test case, with others."""
    if not _holds(doc.text, _LOOKS_AT_BASES):
        return False
    body = doc.text[doc.span(node.bases[-1]).end : doc.span(node).end]
    return any(look in body for look in _LOOKS_AT_BASES) and any(own in body for own in _OWN)


def _facts(node: ast.ClassDef, doc: PythonDocument, *, computed: bool) -> dict[str, str]:
    scope = doc.scope_name()
    facts = {
        "class": f"{scope}.{node.name}" if scope else node.name,
        "roots": " ".join(root_name(base) or "-" for base in node.bases),
    }
    if computed:
        facts["computed"] = "1"
    if not isinstance(doc.parent, ast.Module | ast.ClassDef):
        facts["conditional"] = "1"
    if _holds(doc.text, _LOOKS_AT_MODULE):
        facts["looks-at-module"] = "1"
    if _looks_at_bases(node, doc):
        facts["looks-at-bases"] = "1"
    if doc.text.startswith(b"#!") and b"sys.path" not in doc.text:
        facts["started-by-path"] = "1"
    facts |= shapes.shape(node, doc)
    return facts | only_bases(node, doc, itself="whole" in facts)
