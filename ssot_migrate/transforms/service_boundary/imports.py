"""Imports of test code by which it may leave its service."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from ssot_migrate.languages.import_heads import import_heads
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.scopes import absolute
from ssot_migrate.model import Site
from ssot_migrate.transforms.service_boundary.travelling import luggage

_KNOWN = sys.stdlib_module_names | {"pytest"}


def places(path: str, data: bytes) -> Iterator[int]:
    """Where a file that says test in its path imports what is neither its own nor the standard library's."""
    if "test" not in path.lower():
        return
    service = path.partition("/")[0]
    for offset, name in import_heads(data):
        top = name.decode("utf-8", "replace")
        if top not in _KNOWN and top != service:
            yield offset


def statement(rule: str, node: ast.Import | ast.ImportFrom, doc: PythonDocument) -> Iterator[Site]:
    """The site of such an import."""
    names = _outside(node, doc)
    if names:
        facts = {"names": " ".join(names)}
        if node is _first(doc):
            facts["luggage"] = msgspec.json.encode(luggage(doc)).decode()
        yield doc.site(rule, "import", node, facts=facts)


@lru_cache(maxsize=1)
def _first(doc: PythonDocument) -> ast.AST | None:
    """The first import of the module's own level that may leave the service: facts of the file go with it."""
    imports = (node for node in doc.tree.body if isinstance(node, ast.Import | ast.ImportFrom))
    return next((node for node in imports if _outside(node, doc)), None)


def _outside(node: ast.Import | ast.ImportFrom, doc: PythonDocument) -> list[str]:
    """The names that an import gives, but for those of the standard library."""
    if isinstance(node, ast.ImportFrom):
        module = absolute(node.module, node.level, doc.package)
        names = [f"{module}.{alias.name}" for alias in node.names]
    else:
        names = [alias.name for alias in node.names]
    return [name for name in names if name.partition(".")[0] not in _KNOWN]
