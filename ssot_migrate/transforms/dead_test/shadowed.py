"""Tests that another definition takes the name of, and tests inside tests that nobody calls."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ssot_migrate.languages.decorators import is_transparent
from ssot_migrate.languages.nodes import subtree
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.scopes import FunctionNode
from ssot_migrate.languages.words import word_offsets
from ssot_migrate.model import Site
from ssot_migrate.transforms.dead_test.sites import header_site

SHADOWED, NESTED = "shadowed", "nested"


def shadowed(rule: str, node: FunctionNode | ast.ClassDef, doc: PythonDocument) -> Iterator[Site]:
    """The site of a test or test class whose name a later statement of the same block defines again."""
    body = getattr(doc.parent, "body", [])
    if doc.function() or node not in body or not _is_test(node):
        return
    later = (s for s in body[body.index(node) + 1 :] if getattr(s, "name", "") == node.name)
    again = next((s for s in later if isinstance(s, type(node)) or _same_kind(s, node)), None)
    if again is None or not isinstance(again, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
        return
    if not (is_transparent(node.decorator_list, doc) and is_transparent(again.decorator_list, doc)):
        return
    between = doc.text[doc.span(node).end : doc.span(again).start]
    if next(word_offsets(between, node.name), None) is not None or _derives_from(again, node.name):
        return
    why = f"line {again.lineno} defines {node.name} again, so this one never runs: rename one of them"
    yield header_site(rule, SHADOWED, node, doc, why)


def _is_test(node: FunctionNode | ast.ClassDef) -> bool:
    if isinstance(node, ast.ClassDef):
        return any(isinstance(s, FunctionNode) and s.name.startswith("test") for s in node.body)
    return node.name.startswith("test")


def _same_kind(statement: ast.stmt, node: ast.stmt) -> bool:
    return isinstance(statement, FunctionNode) and isinstance(node, FunctionNode)


def _derives_from(node: ast.stmt, name: str) -> bool:
    bases = node.bases if isinstance(node, ast.ClassDef) else []
    return any(isinstance(inner, ast.Name) and inner.id == name for base in bases for inner in subtree(base))


def nested(rule: str, node: FunctionNode, doc: PythonDocument) -> Iterator[Site]:
    """The site of a test that is defined inside a test, and that nothing there mentions."""
    outer = doc.scopes[-1]
    if (
        not isinstance(outer, FunctionNode)
        or not outer.name.startswith("test")
        or not node.name.startswith("test")
    ):
        return
    span = doc.span(outer).slice(doc.text)
    if node.decorator_list or len(list(word_offsets(span, node.name))) > 1:
        return
    why = f"it is defined inside {outer.name}, and nothing calls it there: move it out by its indentation"
    yield header_site(rule, NESTED, node, doc, why)
