"""Mocks that are made, classes that pretend, libraries that do: each with what it stands for."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator

from ssot_migrate.languages.import_heads import import_heads
from ssot_migrate.languages.names import last_name, root_name, spelled
from ssot_migrate.languages.outline import outline
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.scopes import FunctionNode
from ssot_migrate.model import Site
from ssot_migrate.transforms.ad_hoc_mock.doubles import NAMED
from ssot_migrate.transforms.mock_policy.patches import MAKERS, calls_through, hits_below, is_patch, result_of

MOCK, FAKE, LIBRARY = "mock", "fake-class", "fake-library"
LIBRARIES = (
    "fakeredis",
    "mongomock",
    "respx",
    "requests_mock",
    "httpretty",
    "aioresponses",
    "moto",
    "responses",
)
_IMPORTED = frozenset(name.encode() for name in LIBRARIES)
_MARK = re.compile(
    r"(?:^|_)(?:mocked|mock|fake|stub|dummy|spy)(?:_|$)|Mock|Fake|Stub|Dummy|Spy|Double", re.IGNORECASE
)


def places(path: str, data: bytes) -> Iterator[int]:
    """Where classes that are named as doubles stand, and imports of libraries of fakes."""
    if "test" not in path.lower():
        return
    classes = (block for block in outline(data) if block.kind == b"cla")
    yield from (block.start for block in classes if NAMED.fullmatch(block.name.decode("utf-8", "replace")))
    yield from (offset for offset, name in import_heads(data) if name in _IMPORTED)


def mock_site(rule: str, node: ast.Call, doc: PythonDocument) -> Iterator[Site]:
    """The site of a mock that is made, unless another mock or a patch around it counts for both."""
    if not _makes_mock(node, doc) or calls_through(node, doc):
        return
    if any(is_patch(a, doc) or _makes_mock(a, doc) for a in doc.stack):
        return
    facts = {"stands": _stands_for(node, doc)}
    if patched := result_of(node, doc):
        facts["patched"] = patched
    yield doc.site(rule, MOCK, node, facts=facts, hits=hits_below(node, doc))


def _makes_mock(node: ast.AST, doc: PythonDocument) -> bool:
    if not isinstance(node, ast.Call) or last_name(node.func) not in MAKERS:
        return False
    if root_name(node.func).endswith("mocker"):
        return True
    meaning = doc.meaning(node.func)
    return meaning is not None and meaning.dotted.startswith(("unittest.mock.", "mock."))


def _stands_for(node: ast.Call, doc: PythonDocument) -> str:
    """The names that tell what a mock is for: its specification, what it is given to."""
    told = [spelled(k.value) for k in node.keywords if k.arg in ("spec", "spec_set", "name")]
    told += [
        spelled(argument) for argument in node.args[:1] if isinstance(argument, ast.Name | ast.Attribute)
    ]
    for above in reversed(doc.stack):
        match above:
            case ast.keyword(arg=str(name)):
                told.append(name)
            case ast.Assign(targets=targets):
                told += [spelled(target) for target in targets]
            case ast.AnnAssign(target=target):
                told.append(spelled(target))
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                told.append("" if name.startswith("test") else name)
        if isinstance(above, ast.stmt):
            break
    if not told and (function := doc.function()) and not function.name.startswith("test"):
        told.append(function.name)  # a fixture or helper is named for what it gives
    return " ".join(name for name in told if name)


def fake_class(rule: str, node: ast.ClassDef, doc: PythonDocument) -> Iterator[Site]:
    """The site of a class whose name says that it pretends to be another."""
    tests = any(isinstance(s, FunctionNode) and s.name.startswith("test") for s in node.body)
    if (
        NAMED.fullmatch(node.name)
        and not tests
        and not node.name.startswith("Test")
        and not _is_exception(node)
    ):
        yield doc.site(
            rule, FAKE, node, facts={"stands": _MARK.sub("", node.name) or node.name, "name": node.name}
        )


def _is_exception(node: ast.ClassDef) -> bool:
    """Whether a class is an error to be raised, which no service stands behind."""
    bases = [last_name(base) for base in node.bases]
    known = (getattr(builtins, name, None) for name in bases)
    return any(isinstance(base, type) and issubclass(base, BaseException) for base in known) or (
        any(name.endswith(("Error", "Exception")) for name in bases)
    )


def fake_library(rule: str, node: ast.Import | ast.ImportFrom, doc: PythonDocument) -> Iterator[Site]:
    """The site of an import of a library that stands in for a service."""
    names = [node.module or ""] if isinstance(node, ast.ImportFrom) else [alias.name for alias in node.names]
    for name in names:
        if name.partition(".")[0] in LIBRARIES and not getattr(node, "level", 0):
            told = {"responses": "requests", "requests_mock": "requests"}.get(name.partition(".")[0], name)
            yield doc.site(rule, LIBRARY, node, facts={"stands": told, "name": name})
