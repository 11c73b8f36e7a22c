"""Coroutines where nobody awaits them: async tests of plain test cases, async set-up, forgotten marks."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import lru_cache

from ssot_migrate.languages.decorators import decorator_name, is_transparent
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.scopes import FunctionNode
from ssot_migrate.languages.words import word_offsets
from ssot_migrate.model import Site
from ssot_migrate.transforms.dead_test.places import ASYNC_HOOKS, PYTEST_HOOKS, UNITTEST_HOOKS
from ssot_migrate.transforms.dead_test.sites import header_site

UNAWAITED, UNMARKED, HOOK = "unawaited", "unmarked", "uncalled-setup"
_HOOKS = frozenset((*UNITTEST_HOOKS, *ASYNC_HOOKS, *PYTEST_HOOKS))
_DEF = re.compile(rb"\bdef[ \t]+\Z")
_MARK = re.compile(rb"\n[ \t]*@pytest\.mark\.(?:asyncio|anyio|trio)\b")
_LOOPS = ("asyncio", "anyio", "trio", "tornado", "twisted", "curio", "gen_test")


def async_test(rule: str, node: ast.AsyncFunctionDef, doc: PythonDocument) -> Iterator[Site]:
    """The site of an async test that the class or a missing mark may keep from running."""
    if not node.name.startswith("test") or doc.function():
        return
    owner = doc.parent
    if isinstance(owner, ast.ClassDef) and owner.bases:
        if not owner.keywords and not owner.decorator_list and is_transparent(node.decorator_list, doc):
            why = "a plain TestCase never awaits it, so it passes unrun: derive from IsolatedAsyncioTestCase"
            yield header_site(rule, UNAWAITED, node, doc, why)
    elif _others_are_marked(doc.text) and not _is_marked(node, doc):
        why = "others of this file are marked for asyncio, this one is not and does not run: mark it"
        yield header_site(rule, UNMARKED, node, doc, why)


@lru_cache(maxsize=1)
def _others_are_marked(text: bytes) -> bool:
    return b"pytestmark" not in text and _MARK.search(text) is not None


def _is_marked(node: ast.AsyncFunctionDef, doc: PythonDocument) -> bool:
    """Whether a decorator makes it run, or may do so."""
    decorators = [
        *node.decorator_list,
        *(d for s in doc.scopes if isinstance(s, ast.ClassDef) for d in s.decorator_list),
    ]
    names = [decorator_name(decorator, doc) for decorator in decorators]
    known = any(name.rpartition(".")[2] in _LOOPS or name.endswith("skip") for name in names)
    return known or not is_transparent(node.decorator_list, doc)


def hook(rule: str, node: FunctionNode, doc: PythonDocument) -> Iterator[Site]:
    """The site of a set-up or tear-down method that may be called by nobody."""
    owner = doc.parent
    if node.name not in _HOOKS or not isinstance(owner, ast.ClassDef) or doc.function():
        return
    if any(
        decorator_name(d, doc) or ast.unparse(d) not in ("classmethod", "staticmethod")
        for d in node.decorator_list
    ):
        return
    if not _is_only_defined(doc.text, node.name):
        return  # something calls it, or hands it on
    is_async = "1" if isinstance(node, ast.AsyncFunctionDef) else ""
    tests = any(isinstance(s, FunctionNode) and s.name.startswith("test") for s in owner.body)
    facts = {"async": is_async, "tests": "1" if tests else "", "bases": str(len(owner.bases))}
    yield header_site(rule, HOOK, node, doc, "", facts)


@lru_cache(maxsize=len(_HOOKS))
def _is_only_defined(text: bytes, name: str) -> bool:
    return all(_is_definition(offset, text) for offset in word_offsets(text, name))


def _is_definition(offset: int, text: bytes) -> bool:
    """Whether the name that stands there is the one that a ``def`` gives."""
    return _DEF.search(text, text.rfind(b"\n", 0, offset) + 1, offset) is not None
