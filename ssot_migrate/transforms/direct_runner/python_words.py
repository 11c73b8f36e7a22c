"""An element of a Python list as a word of a command line."""

from __future__ import annotations

import ast

from ssot_migrate.edits import Span
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.transforms.direct_runner.arguments import Argument
from ssot_migrate.transforms.direct_runner.folders import place_of


def word(node: ast.expr, doc: PythonDocument, quote: str) -> Argument:
    """What is known of ``node`` as a word; new neighbours of an expression are written in ``quote``."""
    span = doc.span(node)
    if isinstance(node, ast.Starred):
        return Argument("", span, whole=False, many=True, plain=False, quote=quote)
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return _literal(node.value, span, doc, quote)
    if isinstance(node, ast.JoinedStr):
        first = node.values[0] if node.values else None
        text = first.value if isinstance(first, ast.Constant) and isinstance(first.value, str) else ""
        return Argument(text, span, whole=False, plain=False, quote=quote)
    return Argument("", span, whole=False, plain=False, quote=quote, stands_for=_known(node, doc))


def _literal(value: str, span: Span, doc: PythonDocument, quote: str) -> Argument:
    raw = span.slice(doc.text).decode()
    inner = Span(span.start + 1, span.end - 1)
    if raw[:1] in ("'", '"') and raw == f"{raw[0]}{value}{raw[0]}":
        return Argument(value, inner, joint=f"{raw[0]}, {raw[0]}")
    return Argument(value, span, plain=False, quote=quote)


def _known(node: ast.expr, doc: PythonDocument) -> str:
    meaning = doc.meaning(node)
    if meaning and meaning.dotted == "sys.executable":
        return "python"
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        node = node.left  # a node id: __file__ + "::TestCase::test_method"
    return "path" if place_of(node, doc) is not None else ""
