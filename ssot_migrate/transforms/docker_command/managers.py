"""Classes that manage containers on their own: by their name, and Docker in the body."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ssot_migrate.copies.definition import definition
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.scopes import FunctionNode
from ssot_migrate.model import Site

MANAGER = "manager"
_NAMED = re.compile(r"Docker|Container|Compose")
_NO_MANAGER = re.compile(r"^_*(?:Test|Mock|Fake|Stub|Dummy)|(?:Error|Exception|Mock|Test|Tests|TestCase)$")
_RUNS = re.compile(
    rb"[\"'](?:sudo )?docker(?:[\"']|-compose\b| [a-z-])|\bdocker\.(?:from_env|DockerClient|APIClient)\b"
)


def manager(rule: str, node: ast.ClassDef, doc: PythonDocument) -> Iterator[Site]:
    """The site of a class that runs Docker for others."""
    if not _NAMED.search(node.name) or _NO_MANAGER.search(node.name):
        return
    methods = [statement for statement in node.body if isinstance(statement, FunctionNode)]
    if any(method.name.startswith("test") for method in methods) or not methods:
        return
    span = doc.span(node)
    if _RUNS.search(doc.text, span.start, span.end):
        yield definition(rule, MANAGER, node, doc, told_by_name=True)
