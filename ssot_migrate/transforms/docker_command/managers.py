"""Classes that manage containers on their own: by their name, and Docker in the body."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ssot_migrate.copies.definition import definition
from ssot_migrate.edits import Span
from ssot_migrate.languages.blocks import class_blocks
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.scopes import FunctionNode
from ssot_migrate.model import Site

MANAGER = "manager"
_NAMED = re.compile(r"Docker|Container|Compose")
_NO_MANAGER = re.compile(r"^_*(?:Test|Mock|Fake|Stub|Dummy)|(?:Error|Exception|Mock|Test|Tests|TestCase)$")
_RUNS = re.compile(
    rb"[\"'](?:sudo )?docker(?:[\"']|-compose\b| [a-z-])|\bdocker\.(?:from_env|DockerClient|APIClient)\b"
)


def read_whole(text: bytes) -> Iterator[Span]:
    """Classes that may be such managers."""
    return (span for name, span in class_blocks(text) if _may_manage(name, span, text))


def _may_manage(name: str, span: Span, text: bytes) -> bool:
    """Whether name and text of a class speak of containers, and neither of a test or an error."""
    told = _NAMED.search(name) is not None and _NO_MANAGER.search(name) is None
    return told and _RUNS.search(text, span.start, span.end) is not None


def manager(rule: str, node: ast.ClassDef, doc: PythonDocument) -> Iterator[Site]:
    """The site of a class that runs Docker for others."""
    if not _may_manage(node.name, doc.span(node), doc.text):
        return
    methods = [statement for statement in node.body if isinstance(statement, FunctionNode)]
    if methods and not any(method.name.startswith("test") for method in methods):
        yield definition(rule, MANAGER, node, doc, told_by_name=True)
