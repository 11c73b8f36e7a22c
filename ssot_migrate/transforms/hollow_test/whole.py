"""Tests that cannot fail as a whole: empty ones, idle ones, and those that never look at a result."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from ssot_migrate.languages.nodes import own_nodes, subtree
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.quoted import holds_doctest
from ssot_migrate.languages.scopes import FunctionNode
from ssot_migrate.transforms.hollow_test.callees import Callees
from ssot_migrate.transforms.hollow_test.checks import is_check, names_outcome, statements
from ssot_migrate.transforms.hollow_test.idle import Inertness
from ssot_migrate.transforms.hollow_test.reasons import (
    COMMENTED,
    CONSTANT,
    EMPTY,
    IDLE,
    RETURNED,
    SILENT,
    SWALLOWED,
    UNREAD,
    UNWRITTEN,
    Hollow,
    hollow,
)
from ssot_migrate.transforms.hollow_test.results import unread_results
from ssot_migrate.transforms.hollow_test.swallowing import swallowings
from ssot_migrate.transforms.hollow_test.tautologies import tautology

_CODE = re.compile(
    rb"^[ \t]*#[ \t]*(?:(?:await|return|for|with|if|assert|self\.assert)\b[^\n]*|[\w.]+ = [^\n]+"
    rb"|[\w.]+\([^\n]*\))[ \t]*$",
    re.MULTILINE,
)
_YIELDS = (ast.Yield, ast.YieldFrom)


def hollow_whole(test: FunctionNode, doc: PythonDocument, callees: Callees) -> Hollow | None:
    """Why ``test``, at which the walk stands, cannot fail; None if it may."""
    body = statements(test)
    if all(isinstance(s, ast.Pass) or _returns_nothing(s) for s in body):
        return None if holds_doctest(test, doc) else _empty(test, doc)
    if _is_unwritten(body):
        return hollow(UNWRITTEN, test)
    constant = []
    for node in _nodes(body):
        if isinstance(node, _YIELDS):
            return None
        if is_check(node):
            if not tautology(node, test):
                return None
            constant.append(node)
    return None if callees.may_check(test) else _without_checks(test, body, constant, Inertness(test, doc))


def _nodes(body: Sequence[ast.stmt]) -> Iterator[ast.AST]:
    return (node for statement in body for node in subtree(statement))


def _returns_nothing(statement: ast.stmt) -> bool:
    match statement:
        case ast.Return(value=None | ast.Constant(value=None)):
            return True
    return False


def _is_unwritten(body: Sequence[ast.stmt]) -> bool:
    match body:
        case [
            ast.Raise(
                exc=ast.Name(id="NotImplementedError") | ast.Call(func=ast.Name(id="NotImplementedError"))
            )
        ]:
            return True
    return False


def _empty(test: FunctionNode, doc: PythonDocument) -> Hollow:
    lines = doc.text[doc.offset(test.lineno, 0) : _end_with_comments(test, doc)]
    return hollow(COMMENTED if len(_CODE.findall(lines)) > 1 else EMPTY, test)


def _end_with_comments(test: FunctionNode, doc: PythonDocument) -> int:
    """The end of the comments that follow a test's last statement with its indentation."""
    line = test.end_lineno or test.lineno
    while line < len(doc.starts) - 1:
        text = doc.text[doc.starts[line] : doc.starts[line + 1]]
        stripped = text.lstrip(b" \t")
        if stripped.strip() and (
            not stripped.startswith(b"#") or len(text) - len(stripped) <= test.col_offset
        ):
            break
        line += 1
    return doc.starts[line]


def _without_checks(
    test: FunctionNode, body: Sequence[ast.stmt], constant: Sequence[ast.AST], inert: Inertness
) -> Hollow | None:
    """What a test without any real check is."""
    if what := _silenced(test, body, inert):
        return Hollow(SWALLOWED, test, SILENT.format(what))
    if all(inert.is_inert(s) or _is_constant_assert(s, test) for s in body):
        return hollow(IDLE, test)
    if constant:
        return _constant(_statement(body, constant[0]), constant[0], test)
    if any(isinstance(node, ast.Return) and not _returns_nothing(node) for node in own_nodes(body)):
        return hollow(RETURNED, test)
    names = unread_results(test, inert)
    return hollow(UNREAD, test, ", ".join(f"`{name}`" for name in names[:3])) if names else None


def _constant(statement: ast.stmt, node: ast.AST, test: FunctionNode) -> Hollow:
    found = tautology(node, test)
    return hollow(CONSTANT, statement) if not found or found.bare else Hollow(CONSTANT, statement, found.why)


def _silenced(test: FunctionNode, body: Sequence[ast.stmt], inert: Inertness) -> str:
    """The handler that catches all that a test without assertions could fail with; empty if there is none."""
    for found in swallowings(test):
        rest = (s for s in body if s is not found.node)
        if not found.skips and all(inert.is_inert(s) or _imports(s) for s in rest):
            return found.what if found.node in body and not any(map(names_outcome, _nodes(body))) else ""
    return ""


def _imports(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Import | ast.ImportFrom)


def _is_constant_assert(statement: ast.stmt, test: FunctionNode) -> bool:
    node = statement.value if isinstance(statement, ast.Expr) else statement
    return tautology(node, test) is not None


def _statement(body: Sequence[ast.stmt], node: ast.AST) -> ast.stmt:
    """The innermost statement that holds ``node``."""
    found = [
        s for s in _nodes(body) if isinstance(s, ast.stmt) and any(inner is node for inner in subtree(s))
    ]
    return found[-1]
