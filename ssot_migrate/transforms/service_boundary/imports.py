"""Imports of test code by which it may leave its service."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator

from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.scopes import absolute
from ssot_migrate.model import Site

_IMPORT = re.compile(rb"^[ \t]*(?:from[ \t]+(\.{2,}|\w+)|import[ \t]+(\w+))", re.MULTILINE)
_KNOWN = sys.stdlib_module_names | {"pytest"}


def places(path: str, data: bytes) -> Iterator[int]:
    """Where a file that says test in its path imports what is neither its own nor the standard library's."""
    if "test" not in path.lower():
        return
    service = path.partition("/")[0]
    for found in _IMPORT.finditer(data):
        top = (found[1] or found[2]).decode("utf-8", "replace")
        if top not in _KNOWN and top != service:
            yield found.end() - len(found[1] or found[2])


def statement(rule: str, node: ast.Import | ast.ImportFrom, doc: PythonDocument) -> Iterator[Site]:
    """The site of such an import."""
    if isinstance(node, ast.ImportFrom):
        module = absolute(node.module, node.level, doc.package)
        names = [f"{module}.{alias.name}" for alias in node.names]
    else:
        names = [alias.name for alias in node.names]
    names = [name for name in names if name.partition(".")[0] not in _KNOWN]
    if names:
        yield doc.site(rule, "import", node, facts={"names": " ".join(names)})
