"""One walk over a tree for all rules, entering only nodes whose lines hold a hit."""

from __future__ import annotations

import ast
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence

from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.scopes import Comprehension

Visitor = Callable[[ast.AST], None]

_OUTER = {"decorator_list", "returns", "bases", "keywords", "type_params", "args"}
_NEW_SCOPE = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, *Comprehension.__args__)
_LEAVES = (ast.expr_context, ast.operator, ast.unaryop, ast.cmpop, ast.boolop)


def walk(
    doc: PythonDocument, lines: Sequence[int], visitors: Mapping[type[ast.AST], Sequence[Visitor]]
) -> None:
    """Call the visitors of each node's type, for nodes that span one of the sorted ``lines``.

    ``doc.stack`` and ``doc.scopes`` describe the surroundings during each call. Names in
    decorators, defaults, annotations and bases are seen in the enclosing scope.
    """
    _Walk(doc, lines, visitors).enter(doc.tree)


class _Walk:
    def __init__(
        self, doc: PythonDocument, lines: Sequence[int], visitors: Mapping[type[ast.AST], Sequence[Visitor]]
    ) -> None:
        self.doc, self.lines, self.visitors = doc, lines, visitors

    def holds_hit(self, node: ast.AST) -> bool:
        start = getattr(node, "lineno", None)
        if start is None:
            return True
        if decorators := getattr(node, "decorator_list", None):
            start = min(start, decorators[0].lineno)
        index = bisect_left(self.lines, start)
        return index < len(self.lines) and self.lines[index] <= (getattr(node, "end_lineno", None) or start)

    def enter(self, node: ast.AST) -> None:
        for visitor in self.visitors.get(type(node), ()):
            visitor(node)
        self.doc.stack.append(node)
        if isinstance(node, _NEW_SCOPE):
            self.enter_scope(node)
        else:
            for field in node._fields:
                self.enter_field(node, field)
        self.doc.stack.pop()

    def enter_scope(self, node: ast.AST) -> None:
        inner = [field for field in node._fields if field not in _OUTER]
        for field in node._fields:
            if field in _OUTER:
                self.enter_field(node, field)
        self.doc.scopes.append(node)  # type: ignore[arg-type]  # _NEW_SCOPE is ScopeNode without Module
        for field in inner:
            self.enter_field(node, field)
        self.doc.scopes.pop()

    def enter_field(self, node: ast.AST, field: str) -> None:
        value = getattr(node, field, None)
        if type(value) is list:
            for child in value:
                if isinstance(child, ast.AST) and self.holds_hit(child):
                    self.enter(child)
        elif isinstance(value, ast.AST) and not isinstance(value, _LEAVES) and self.holds_hit(value):
            self.enter(value)
