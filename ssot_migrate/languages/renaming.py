"""Calls through a name that an import or assignment gives: the name alone leads no walk there."""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator

from ssot_migrate.languages.python import Meaning, PythonDocument
from ssot_migrate.languages.walk import walk

CallVisitor = Callable[[ast.Call, Meaning, PythonDocument], None]


def visit_calls(name: str, binder: ast.stmt, doc: PythonDocument, visitor: CallVisitor) -> None:
    """Show ``visitor`` each call of ``name`` that means what ``binder`` binds it to, in a walk of its own."""
    again = doc.again()

    def visit(call: ast.AST) -> None:
        assert isinstance(call, ast.Call)
        if isinstance(call.func, ast.Name) and call.func.id == name:
            meaning = again.meaning(call.func)
            if meaning and meaning.node is binder:
                visitor(call, meaning, again)

    walk(again, doc.lines_with(name), {ast.Call: [visit]})


def renamed(node: ast.ImportFrom, names: frozenset[str]) -> Iterator[str]:
    """Local names, themselves none of ``names``, that an import gives to one of them."""
    for alias in node.names:
        if alias.asname and alias.name in names and alias.asname not in names:
            yield alias.asname
