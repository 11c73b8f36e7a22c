"""Functions that give sessions or engines to tests: by what they build, or by their name."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator

from ssot_migrate.copies.definition import definition
from ssot_migrate.copies.functions import functions
from ssot_migrate.edits import Span
from ssot_migrate.languages.blocks import named
from ssot_migrate.languages.names import last_name, spelled
from ssot_migrate.languages.nodes import subtree
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.scopes import FunctionNode
from ssot_migrate.model import Site
from ssot_migrate.transforms.database_helper.constructions import PACKAGES, WORDS

HELPER = "helper"
_STORES = ("db", "database", "sql", "sqlalchemy", "sqlite", "postgres", "postgresql", "pg")
_THINGS = ("session", "sessions", "sessionmaker", "session_factory", "engine", "connection", "pool")
_NAMED = re.compile(rf"_*(?:\w*_)?(?:{'|'.join(_STORES)})_(?:{'|'.join(_THINGS)})")
_WORDS = tuple(word.encode() for word in WORDS)
_BUILDS = {word.rpartition(".")[2] for word in WORDS} - {"connect"}
_CALLS = {
    f"{store}_".encode(): tuple(f"{store}_{thing}(".encode() for thing in _THINGS)
    for store in ("db", "database", "postgres")
}
"""What stands in a file that defines, or calls, a helper of such a name, by what it opens with."""
_SPOKEN_OF = tuple(package.encode() for package in PACKAGES)


def places(path: str, data: bytes) -> Iterator[int]:
    """The head of a file that may define such a helper."""
    called = (name in data for stem, names in _CALLS.items() if stem in data for name in names)
    if any(package in data for package in _SPOKEN_OF) or any(called):
        yield 0


def read_whole(text: bytes) -> Iterator[Span]:
    """Functions that are helpers by their name."""
    return named(text, _NAMED)


def givers(rule: str, doc: PythonDocument) -> Iterator[Site]:
    """The sites of the module's functions and methods that hand out sessions."""
    building = [word for word in _WORDS if word in doc.text]
    for node in functions(doc):
        told = _NAMED.fullmatch(node.name) is not None
        if told or _builds(node, building, doc):
            yield definition(rule, HELPER, node, doc, told_by_name=told)


def _builds(node: FunctionNode, words: Iterable[bytes], doc: PythonDocument) -> bool:
    """Whether the function calls what builds an engine or a session, by one of the ``words`` of the file."""
    span = doc.span(node)
    if all(doc.text.find(word, span.start, span.end) < 0 for word in words):
        return False
    calls = (inner for inner in subtree(node) if isinstance(inner, ast.Call))
    return any(last_name(call.func) in _BUILDS or _driver(call) for call in calls)


def _driver(call: ast.Call) -> bool:
    return isinstance(call.func, ast.Attribute) and spelled(call.func) in WORDS
