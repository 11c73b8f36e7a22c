"""Which fields of a node hold nodes, and all nodes below one: ``ast.walk`` at a third of its cost."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

_NO_NODES = {
    *("id", "attr", "arg", "name", "asname", "module", "level", "rest", "kwd_attrs", "tag", "lineno"),
    *("type_comment", "kind", "conversion", "simple", "is_async", "ctx", "op", "ops", "str"),
}
_STATEMENTS = ("body", "handlers", "orelse", "finalbody", "cases")
_BARE = (ast.Constant, ast.MatchSingleton, ast.Global, ast.Nonlocal)


class _Children(dict[type[ast.AST], tuple[str, ...]]):
    """By type, found out when it is first asked for."""

    def __missing__(self, kind: type[ast.AST]) -> tuple[str, ...]:
        fields: tuple[str, ...] = ()
        if not issubclass(kind, _BARE):
            named = kind.__name__ == "TypeAlias"  # its name is a node, unlike all others
            fields = tuple(f for f in kind._fields if f not in _NO_NODES or (named and f == "name"))
        self[kind] = fields
        return fields


CHILDREN = _Children()
"""Fields that hold nodes or lists of them, by type of node; contexts and operators are left out."""
_OWN = _Children(dict.fromkeys((ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef, ast.Lambda), ()))


def subtree(node: ast.AST) -> list[ast.AST]:
    """``node`` and all nodes below it, in the order of ``ast.walk``; without contexts and operators."""
    return _reached([node], CHILDREN)


def own_nodes(body: Iterable[ast.AST]) -> list[ast.AST]:
    """Statements and all below them, without what stands in functions and classes among them."""
    return _reached(list(body), _OWN)


def outer_functions(node: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """The functions below ``node`` that stand in no other, lambdas left out."""
    for field in _STATEMENTS:
        for inner in getattr(node, field, ()):
            if isinstance(inner, ast.FunctionDef | ast.AsyncFunctionDef):
                yield inner
            else:
                yield from outer_functions(inner)


def _reached(found: list[ast.AST], fields: _Children) -> list[ast.AST]:
    for each in found:  # which grows meanwhile
        for field in fields[type(each)]:
            value = getattr(each, field)
            if value.__class__ is list:
                found += filter(None, value)
            elif value is not None:
                found.append(value)
    return found
