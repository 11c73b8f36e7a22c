"""Functions that give sessions or engines to tests: by what they build, or by their name."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from ssot_migrate.copies.definition import definition
from ssot_migrate.languages.names import last_name
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.scopes import FunctionNode
from ssot_migrate.model import Site
from ssot_migrate.transforms.database_helper.constructions import WORDS

HELPER = "helper"
_STORES = ("db", "database", "sql", "sqlalchemy", "sqlite", "postgres", "postgresql", "pg")
_THINGS = (
    "session",
    "sessions",
    "sessionmaker",
    "session_factory",
    "session_maker",
    "engine",
    "connection",
    "pool",
)
_NAMED = re.compile(rf"_*(?:\w*_)?(?:{'|'.join(_STORES)})_(?:{'|'.join(_THINGS)})")
BESIDE = tuple(f"{store}_{thing}(" for store in ("db", "database", "postgres") for thing in _THINGS)
"""What stands in a file that defines, or calls, a helper of such a name."""
_DOUBLED = re.compile(r"(?:^|_)(?:mock|mocked|fake|stub|dummy)(?:_|$)")
_BUILDS = {word.rpartition(".")[2] for word in WORDS} - {"connect"}


def givers(rule: str, module: ast.Module, doc: PythonDocument) -> Iterator[Site]:
    """The sites of the module's functions and methods that hand out sessions, tests left out."""
    yield from _among(rule, module.body, doc)
    for node in module.body:
        if isinstance(node, ast.ClassDef):
            doc.scopes.append(node)
            yield from list(_among(rule, node.body, doc))
            doc.scopes.pop()


def _among(rule: str, body: Sequence[ast.stmt], doc: PythonDocument) -> Iterator[Site]:
    for node in body:
        if isinstance(node, FunctionNode) and _is_helper(node, doc):
            yield definition(rule, HELPER, node, doc, told_by_name=_is_named(node))


def _is_helper(node: FunctionNode, doc: PythonDocument) -> bool:
    if node.name.startswith("test") or _DOUBLED.search(node.name):
        return False
    return _is_named(node) or _builds(node, doc)


def _is_named(node: FunctionNode) -> bool:
    return _NAMED.fullmatch(node.name) is not None


def _builds(node: FunctionNode, doc: PythonDocument) -> bool:
    """Whether the function calls what builds an engine or a session, by its name."""
    text = doc.span(node).slice(doc.text)
    if not any(word.encode() in text for word in WORDS):
        return False
    calls = (inner for inner in ast.walk(node) if isinstance(inner, ast.Call))
    return any(last_name(call.func) in _BUILDS or _driver(call) for call in calls)


def _driver(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and ast.unparse(call.func) in WORDS
