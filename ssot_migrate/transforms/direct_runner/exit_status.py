"""What becomes of the exit status that a run gives."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ssot_migrate.languages.names import spelled
from ssot_migrate.languages.nodes import subtree
from ssot_migrate.languages.python import PythonDocument

_EXITS = {"sys.exit", "SystemExit", "exit", "quit", "os._exit"}


def use_of_value(node: ast.Call, doc: PythonDocument) -> str:
    """What becomes of the value: ``ignored``, ``exit`` (any int will do), or ``kept``, maybe for its type."""
    parent = doc.parent
    match parent:
        case ast.Expr():
            return "ignored"
        case ast.Call(func=func) if spelled(func) in _EXITS:
            return "exit"
        case ast.Assign(targets=[ast.Name(id=name)]):
            return "exit" if all(_is_exit_use(use, above) for use, above in _uses(name, doc)) else "kept"
    return "exit" if _is_exit_use(node, parent) else "kept"


def _is_exit_use(node: ast.AST, parent: ast.AST | None) -> bool:
    """Whether an exit status is used in a way that an int and pytest's ``ExitCode`` serve alike."""
    match parent:
        case ast.Call(func=func):
            return spelled(func) in {*_EXITS, "int", "bool"}
        case ast.Compare(left=left, ops=[ast.Eq() | ast.NotEq()], comparators=[right]):
            other = right if left is node else left
            return isinstance(other, ast.Constant) or "ExitCode" in spelled(other)
        case ast.If(test=test) | ast.While(test=test) | ast.IfExp(test=test):
            return test is node
        case ast.UnaryOp(op=ast.Not()):
            return True
        case ast.Raise():
            return True
    return False


def _uses(name: str, doc: PythonDocument) -> Iterator[tuple[ast.AST, ast.AST]]:
    """Each reading of ``name`` in the scope, with the node that holds it."""
    if doc.scopes[-1] is doc.tree:
        doc.lines_with(name)
    for above in subtree(doc.scopes[-1]):
        for below in ast.iter_child_nodes(above):
            if isinstance(below, ast.Name) and below.id == name and isinstance(below.ctx, ast.Load):
                yield below, above
