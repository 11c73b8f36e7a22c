"""What can make a test fail on purpose: assertions, raises, and calls that may hold some."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from ssot_migrate.languages.nodes import subtree
from ssot_migrate.languages.scopes import FunctionNode

_CHECKING = re.compile(
    r"assert|raises?\b|raise_|fail|warn[si]|expect|verif|check|should|ensure|must|confirm|require|match"
    r"|valid|compar|equal|same|diff|snapshot|approv|golden|inspect|lint|guard|exit|abort|test|probe"
    r"|scenario|fnmatch_lines|regression|judge|prove|wait_for|wait_until",
    re.IGNORECASE,
)
_CHECKER = re.compile(r"assert|verif|check|expect|valid|snapshot|approv|testing|doctest", re.IGNORECASE)
_RAISING = re.compile(r"_?assert|fail$|fail[A-Z]")
_OUTCOMES = ("pytest.fail", "pytest.raises", "pytest.warns", "pytest.deprecated_call", "pytest.exit")
_PLAIN = (ast.Assert, ast.Raise)
CHECKING_PARAMETERS = ("benchmark", "snapshot", "regression", "approv", "golden", "checker", "verif")


@lru_cache(maxsize=1)
def nodes_of(test: FunctionNode) -> list[ast.AST]:
    """``test`` and all nodes below it, which many questions on a test go through."""
    return subtree(test)


def callee_name(call: ast.Call) -> str:
    """The dotted text of what a call calls; an empty part where that is no name."""
    parts = []
    node: ast.expr = call.func
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    parts.append(node.id if isinstance(node, ast.Name) else "")
    return ".".join(reversed(parts))


def is_check(node: ast.AST) -> bool:
    """Whether a node is an assertion, a raise, or a call whose name says that it may check something."""
    if isinstance(node, ast.Call):
        return _says_check(callee_name(node))
    return isinstance(node, _PLAIN)


@lru_cache(maxsize=4096)
def _says_check(callee: str) -> bool:
    owner, _, name = callee.rpartition(".")
    return bool(_CHECKING.search(name) or _CHECKER.search(owner))


def checks(nodes: Iterable[ast.AST]) -> Iterator[ast.AST]:
    """Every check in or below ``nodes``."""
    return (inner for node in nodes for inner in subtree(node) if is_check(inner))


def asserts_error(node: ast.AST) -> bool:
    """Whether a check that fails raises what ``except Exception`` catches: pytest's outcomes do not."""
    match node:
        case ast.Assert():
            return True
        case ast.Call():
            name = callee_name(node)
            return name not in _OUTCOMES and bool(_RAISING.match(name.rpartition(".")[2]))
    return False


def names_outcome(node: ast.AST) -> bool:
    """Whether a call ends in an outcome of pytest's own, which ``except Exception`` lets through."""
    return isinstance(node, ast.Call) and callee_name(node) in _OUTCOMES


def is_skip(statement: ast.stmt) -> bool:
    """Whether a statement does nothing but skip the test."""
    match statement:
        case ast.Expr(value=ast.Call() as call):
            return callee_name(call) in ("pytest.skip", "self.skipTest", "skip")
        case ast.Raise(exc=ast.Call() as call):
            return callee_name(call).endswith("SkipTest")
        case ast.Raise(exc=ast.Name(id=name) | ast.Attribute(attr=name)):
            return name == "SkipTest"
    return False


def ends(statement: ast.stmt) -> str:
    """How a statement ends its block for certain (``return``, ``pytest.skip()``); empty if it does not."""
    match statement:
        case ast.Return():
            return "`return`"
        case ast.Raise():
            return "`raise`"
        case ast.Expr(value=ast.Call() as call):
            name = callee_name(call)
            known = (
                "pytest.skip",
                "pytest.fail",
                "pytest.xfail",
                "pytest.exit",
                "self.skipTest",
                "self.fail",
            )
            return f"`{name}()`" if name in known else ""
    return ""


def statements(node: FunctionNode) -> list[ast.stmt]:
    """The statements of a function, docstrings and other bare constants left out."""
    return [s for s in node.body if not is_constant(s)]


def is_constant(statement: ast.stmt) -> bool:
    """Whether a statement is nothing but a literal, such as a docstring or an ellipsis."""
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)


def blocks(node: ast.AST) -> Iterator[list[ast.stmt]]:
    """Every list of statements of a function, those of nested functions and classes left out."""
    for field in ("body", "orelse", "finalbody"):
        block = getattr(node, field, None)
        if isinstance(block, list) and block and isinstance(block[0], ast.stmt):
            yield block
            for statement in block:
                if not isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
                    yield from blocks(statement)
    for part in (*getattr(node, "handlers", ()), *getattr(node, "cases", ())):
        yield from blocks(part)
