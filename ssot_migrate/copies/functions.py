"""The functions of a module that may be copies of each other: its own, and the methods of its classes."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.scopes import FunctionNode

_LEFT_OUT = re.compile(r"^_*test|(?:^|_)(?:mock|mocked|fake|stub|dummy)(?:_|$)")


def functions(doc: PythonDocument) -> Iterator[FunctionNode]:
    """Every such function but tests and those named for a double; ``doc.scopes`` is in step meanwhile.

    For a walk that stands at the module. The caller must go through to the end.
    """
    yield from _among(doc.tree.body)
    for node in doc.tree.body:
        if isinstance(node, ast.ClassDef):
            doc.scopes.append(node)
            yield from _among(node.body)
            doc.scopes.pop()


def _among(body: list[ast.stmt]) -> Iterator[FunctionNode]:
    for node in body:
        if isinstance(node, FunctionNode) and not _LEFT_OUT.search(node.name):
            yield node
