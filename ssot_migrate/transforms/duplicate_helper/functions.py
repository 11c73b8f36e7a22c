"""Helpers and fixtures of test files: those long enough that copies of them matter."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import islice

import msgspec

from ssot_migrate.copies.definition import definition
from ssot_migrate.languages.names import last_name
from ssot_migrate.languages.outline import outline
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.scopes import FunctionNode
from ssot_migrate.model import Site

HELPER, FIXTURE = "helper", "fixture"
_FIXTURES = re.compile(rb"@(?:\w+\.)?fixture\b")
_LEFT_OUT = re.compile(
    r"_*test.*|pytest_.*|__\w+__|main|load_tests|(?:setup|teardown)_(?:module|function)|(?:setUp|tearDown)Module"
)
_ENOUGH = 20


def places(path: str, data: bytes) -> Iterator[int]:
    """Functions of the module that are no tests, and fixtures, in files that say test in their path."""
    if "test" not in path.lower() or b"def " not in data:
        return
    for block in outline(data):
        of_module = block.kind == b"def" and block.above < 0 and not block.indent
        if of_module and not _LEFT_OUT.fullmatch(block.name.decode("ascii", "replace")):
            yield block.start
    if b"fixture" in data:
        yield from (found.start() for found in _FIXTURES.finditer(data))


def helper(rule: str, node: FunctionNode, doc: PythonDocument) -> Iterator[Site]:
    """The site of a function that may have copies."""
    fixture = any(last_name(_called(d)) == "fixture" for d in node.decorator_list)
    in_class = isinstance(doc.parent, ast.ClassDef) and len(doc.scopes) == 2
    if _LEFT_OUT.fullmatch(node.name) or not (doc.parent is doc.tree or (fixture and in_class)):
        return
    if not fixture and not _does_enough(node):
        return
    site = definition(rule, FIXTURE if fixture else HELPER, node, doc, likeness=True)
    yield msgspec.structs.replace(site, span=doc.header(node))


def _called(decorator: ast.expr) -> ast.expr:
    return decorator.func if isinstance(decorator, ast.Call) else decorator


def _does_enough(node: FunctionNode) -> bool:
    """Whether a body is more than what anybody would write the same again."""
    statements = (
        s for s in node.body if not isinstance(s, ast.Expr) or not isinstance(s.value, ast.Constant)
    )
    nodes = (inner for statement in statements for inner in ast.walk(statement))
    return next(islice(nodes, _ENOUGH - 1, None), None) is not None
