"""Blocks that catch the failure of what they check, and go on as if nothing had happened."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ssot_migrate.languages.nodes import subtree
from ssot_migrate.languages.scopes import FunctionNode
from ssot_migrate.transforms.hollow_test.checks import (
    asserts_error,
    callee_name,
    ends,
    is_constant,
    is_skip,
)

_CATCHING = ("Exception", "BaseException", "AssertionError")
_FAILING = ("`raise`", "`pytest.fail()`", "`self.fail()`")
_TALKING = (
    "print",
    "pprint",
    "warn",
    "log",
    "debug",
    "info",
    "warning",
    "error",
    "exception",
    "critical",
    "write",
)


class Swallowing(NamedTuple):
    """A ``try`` or ``with suppress`` whose handler is silent; ``skips``: it skips the test instead."""

    node: ast.Try | ast.With | ast.AsyncWith
    what: str
    skips: bool = False


def swallowings(test: FunctionNode) -> Iterator[Swallowing]:
    """Each block of a test that swallows a failed assertion, outermost first."""
    return _in(test.body, (), looped=False)


def _in(body: Sequence[ast.stmt], after: Sequence[ast.stmt], looped: bool) -> Iterator[Swallowing]:
    for index, statement in enumerate(body):
        if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        found = _swallowing(statement)
        rest = (*body[index + 1 :], *after)
        if found and not (looped and _retries(statement)):
            if found.skips or not _fails(rest):
                yield found
            continue
        again = looped or isinstance(statement, ast.For | ast.AsyncFor | ast.While)
        for field in ("body", "orelse", "finalbody"):
            if inner := getattr(statement, field, None):
                yield from _in(inner, rest, again)


def _swallowing(statement: ast.stmt) -> Swallowing | None:
    match statement:
        case ast.Try(handlers=handlers, orelse=[]) if not statement.finalbody or not _decides(
            statement.finalbody
        ):
            handler = next((h for h in handlers if (caught := _caught(h.type)) and caught in _CATCHING), None)
            if handler is None:
                return None
            what = f"`except {_caught(handler.type)}`" if handler.type else "a bare `except`"
            if len(handler.body) == 1 and is_skip(handler.body[0]):
                return Swallowing(statement, what, skips=True)
            return Swallowing(statement, what) if all(map(_is_silent, handler.body)) else None
        case ast.With(items=items) | ast.AsyncWith(items=items):
            for item in items:
                if isinstance(item.context_expr, ast.Call) and _suppresses(item.context_expr):
                    return Swallowing(statement, f"`{ast.unparse(item.context_expr)}`")
    return None


def _caught(kind: ast.expr | None) -> str:
    """The widest exception of a handler's type by name, as far as it catches a failed assertion."""
    if kind is None:
        return "BaseException"
    names = kind.elts if isinstance(kind, ast.Tuple) else [kind]
    return next((n.id for n in names if isinstance(n, ast.Name) and n.id in _CATCHING), "")


def _suppresses(call: ast.Call) -> bool:
    return callee_name(call).rpartition(".")[2] == "suppress" and any(_caught(arg) for arg in call.args)


def _decides(body: Sequence[ast.stmt]) -> bool:
    return any(asserts_error(node) or isinstance(node, ast.Raise) for s in body for node in subtree(s))


def _fails(rest: Sequence[ast.stmt]) -> bool:
    """Whether what follows a block fails for certain, so that its handler is how the test passes."""
    end = next((s for s in rest if ends(s) or _is_false(s)), None)
    return end is not None and (_is_false(end) or ends(end) in _FAILING) and not is_skip(end)


def _is_false(statement: ast.stmt) -> bool:
    return (
        isinstance(statement, ast.Assert)
        and isinstance(statement.test, ast.Constant)
        and not statement.test.value
    )


def _is_silent(statement: ast.stmt) -> bool:
    """Whether nothing that happens later can tell that this statement ran."""
    match statement:
        case ast.Pass() | ast.Continue() | ast.Return(value=None | ast.Constant(value=None | True)):
            return True
        case ast.Assert(test=ast.Constant(value=True)):
            return True
        case ast.Expr(value=ast.Call() as call):
            name = callee_name(call)
            return name.rpartition(".")[2] in _TALKING and (name in ("print", "pprint") or "." in name)
    return is_constant(statement)


def _retries(statement: ast.stmt) -> bool:
    """Whether a block in a loop leaves it when all is well, as polling does."""
    leaves = ast.Break | ast.Return
    return any(isinstance(node, leaves) for node in subtree(statement))
