"""One walk over a tree for all rules, entering only nodes whose lines hold a hit."""

from __future__ import annotations

import ast
from bisect import bisect_left
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

from ssot_migrate.languages.nodes import CHILDREN
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.scopes import Comprehension

Visitor = Callable[[ast.AST], None]

_OUTER = {"decorator_list", "returns", "bases", "keywords", "type_params", "args"}
_BLOCKS = {"body", "orelse", "finalbody"}
_NEW_SCOPE = {ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda, *Comprehension.__args__}


def walk(
    doc: PythonDocument, lines: Sequence[int], visitors: Mapping[type[ast.AST], Sequence[Visitor]]
) -> None:
    """Call the visitors of each node's type, for nodes that span one of the sorted ``lines``.

    ``doc.stack`` and ``doc.scopes`` describe the surroundings during each call. Names in
    decorators, defaults, annotations and bases are seen in the enclosing scope.
    """
    _Walk(doc, lines, visitors).enter(doc.tree, whole=False)


class _Walk:
    def __init__(
        self, doc: PythonDocument, lines: Sequence[int], visitors: Mapping[type[ast.AST], Sequence[Visitor]]
    ) -> None:
        self.doc, self.lines, self.visitors = doc, lines, visitors

    def holds_hit(self, node: ast.AST) -> bool:
        start = _first_line(node)
        if not start:
            return True
        index = bisect_left(self.lines, start)
        return index < len(self.lines) and self.lines[index] <= (getattr(node, "end_lineno", None) or start)

    def enter(self, node: ast.AST, whole: bool) -> None:
        """Show ``node``, and go on; ``whole``: it stands on one line, so all below has the hit, too."""
        kind = type(node)
        for visitor in self.visitors.get(kind, ()):
            visitor(node)
        fields = CHILDREN[kind]
        if not fields:
            return
        self.doc.stack.append(node)
        if kind in _NEW_SCOPE:
            self.enter_scope(node, fields, whole)
        else:
            line = getattr(node, "lineno", None)
            self.enter_fields(node, fields, whole or (line is not None and line == node.end_lineno))  # type: ignore[attr-defined]
        self.doc.stack.pop()

    def enter_scope(self, node: ast.AST, fields: Iterable[str], whole: bool) -> None:
        if whole or self.opens_with_hit(node):
            self.enter_fields(node, [field for field in fields if field in _OUTER], whole)
        self.doc.scopes.append(node)  # type: ignore[arg-type]  # _NEW_SCOPE is ScopeNode without Module
        self.enter_fields(node, [field for field in fields if field not in _OUTER], whole)
        self.doc.scopes.pop()

    def opens_with_hit(self, node: ast.AST) -> bool:
        """Whether a hit stands in front of the body, where there is one."""
        body = getattr(node, "body", None)
        if not isinstance(body, list):
            return True
        index = bisect_left(self.lines, _first_line(node))
        return index < len(self.lines) and self.lines[index] <= body[0].lineno

    def enter_fields(self, node: ast.AST, fields: Iterable[str], whole: bool) -> None:
        for field in fields:
            value = getattr(node, field)
            if value.__class__ is not list:
                value = (value,)
            elif not whole and field in _BLOCKS:
                value = self.hit(value)
            for child in value:
                if child is not None and (whole or self.holds_hit(child)):
                    self.enter(child, whole)

    def hit(self, block: Sequence[ast.stmt]) -> Iterator[ast.stmt]:
        """The statements of a block that may hold a hit, told by their last lines alone."""
        lines, index = self.lines, 0
        for statement in block:
            end = statement.end_lineno or 0
            if index < len(lines) and lines[index] <= end:
                index = bisect_left(lines, end, index)
                yield statement


def _first_line(node: ast.AST) -> int:
    """Where a node begins, its decorators counted; 0 for those that have no place of their own."""
    line: int = getattr(node, "lineno", 0)
    decorators = getattr(node, "decorator_list", None)
    return min(line, decorators[0].lineno) if decorators else line
