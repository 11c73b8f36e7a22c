"""Assertions that stand where they cannot do anything: swallowed, behind the end, in loops over nothing."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ssot_migrate.languages.names import spelled
from ssot_migrate.languages.nodes import subtree
from ssot_migrate.languages.scopes import FunctionNode
from ssot_migrate.transforms.hollow_test.checks import (
    asserts_error,
    blocks,
    checks,
    ends,
    is_check,
    names_outcome,
    nodes_of,
)
from ssot_migrate.transforms.hollow_test.reasons import NEVER, SKIPPED, SWALLOWED, UNREACHED, Hollow, hollow
from ssot_migrate.transforms.hollow_test.swallowing import Swallowing, swallowings
from ssot_migrate.transforms.hollow_test.tautologies import tautology


def idle_assertions(test: FunctionNode) -> Iterator[Hollow]:
    """Pieces of ``test`` whose assertions have no effect."""
    yield from _swallowed(test)
    for block in blocks(test):
        yield from _unreached(block)
        for statement in block:
            yield from _never_entered(statement)


def _swallowed(test: FunctionNode) -> Iterator[Hollow]:
    for found in swallowings(test):
        failing = [n for n in _within(found) if asserts_error(n) and not tautology(n, test)]
        if not failing or _expects_failure(found) or _told_later(found, test):
            continue
        yield hollow(SKIPPED if found.skips else SWALLOWED, found.node, found.what, _lines(failing))


def _within(found: Swallowing) -> Iterator[ast.AST]:
    return (node for statement in found.node.body for node in subtree(statement))


def _expects_failure(found: Swallowing) -> bool:
    """Whether the block ends in what no handler catches: then its failure is what the test is after."""
    last = found.node.body[-1]
    return isinstance(last, ast.Raise) or (isinstance(last, ast.Expr) and names_outcome(last.value))


def _told_later(found: Swallowing, test: FunctionNode) -> bool:
    """Whether something that the block sets is read after it, so that a failure shows."""
    end = found.node.end_lineno or 0
    given = {n.id for n in _within(found) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
    given |= {
        spelled(n) for n in _within(found) if isinstance(n, ast.Attribute) and isinstance(n.ctx, ast.Store)
    }
    return any(
        isinstance(node, ast.Name | ast.Attribute)
        and isinstance(node.ctx, ast.Load)
        and node.lineno > end
        and spelled(node) in given
        for node in nodes_of(test)
    )


def _lines(nodes: list[ast.AST]) -> str:
    lines = sorted({getattr(node, "lineno", 0) for node in nodes})
    return f"line {lines[0]}" if len(lines) == 1 else f"lines {lines[0]} to {lines[-1]}"


def _unreached(block: list[ast.stmt]) -> Iterator[Hollow]:
    for index, statement in enumerate(block):
        end = ends(statement)
        if end:
            lost = [node for node in checks(block[index + 1 :]) if not _is_end(node, block)]
            if lost:
                yield hollow(UNREACHED, statement, end, _lines(lost))
            return


def _is_end(node: ast.AST, block: list[ast.stmt]) -> bool:
    """Whether a check is but another end of the block (``raise`` behind ``return``)."""
    return any(isinstance(s, ast.Raise) and s is node for s in block)


def _never_entered(statement: ast.stmt) -> Iterator[Hollow]:
    if (nothing := _runs_never(statement)) and any(map(is_check, _inner(statement))):
        yield hollow(NEVER, statement, nothing)


def _inner(statement: ast.stmt) -> Iterator[ast.AST]:
    return (node for inner in getattr(statement, "body", ()) for node in subtree(inner))


def _runs_never(statement: ast.stmt) -> str:
    match statement:
        case ast.For(iter=ast.List(elts=[]) | ast.Tuple(elts=[]) | ast.Dict(keys=[])):
            return "the loop is over nothing"
        case ast.For(iter=ast.Call(func=ast.Name(id="range"), args=[ast.Constant(value=0)])):
            return "the loop is over nothing"
        case ast.If(test=ast.Constant(value=value)) | ast.While(test=ast.Constant(value=value)) if not value:
            return "the condition is never true"
    return ""
