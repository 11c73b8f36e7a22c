"""Test cases that are no class statement: classes made by a call, and cases made of functions."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.model import Site
from ssot_migrate.transform import Transform
from ssot_migrate.transforms.legacy_base_class.headers import hits_in

_MAKERS = ("type", "new_class")
_FUNCTION_CASE = "FunctionTestCase"


def value(rule: Transform, node: ast.Call | ast.Attribute | ast.Name, doc: PythonDocument) -> Iterator[Site]:
    """The site of ``type("X", (unittest.TestCase,), …)`` or of a use of ``FunctionTestCase``."""
    if isinstance(node, ast.Call):
        if _name(node.func) in _MAKERS and not _in_header(node, doc):
            yield from _made(rule, node, doc)
    elif _name(node) == _FUNCTION_CASE and not _in_header(node, doc) and _of_unittest(node, doc):
        hit = doc.span(node).end - len(_FUNCTION_CASE)
        yield doc.site(rule.slug, "function-case", node, hits=(hit,))


def _of_unittest(node: ast.expr, doc: PythonDocument) -> bool:
    meaning = doc.meaning(node)
    return meaning is not None and meaning.dotted.startswith("unittest.")


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _in_header(node: ast.expr, doc: PythonDocument) -> bool:
    """Whether this stands in the bases of a class statement, whose site accounts for it."""
    span = doc.span(node)
    owners = (owner for owner in doc.stack if isinstance(owner, ast.ClassDef))
    return any(doc.span(base).covers(span) for owner in owners for base in owner.bases)


def _made(rule: Transform, node: ast.Call, doc: PythonDocument) -> Iterator[Site]:
    if len(node.args) < 2 or not isinstance(node.args[1], ast.Tuple | ast.List):
        return
    cases = [base for base in node.args[1].elts if _name(base) in ("TestCase", "IsolatedAsyncioTestCase")]
    hits = tuple(hit for base in cases for hit in hits_in(rule, doc.span(base), doc))
    if hits:
        yield doc.site(rule.slug, "made", node, hits=hits)
