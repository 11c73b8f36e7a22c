"""Calls that make a standard mock: what is called, under which name, and where its import stands."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ssot_migrate.languages.names import last_name, root_name
from ssot_migrate.languages.python import Meaning, PythonDocument
from ssot_migrate.languages.renaming import renamed as other_names
from ssot_migrate.languages.renaming import visit_calls
from ssot_migrate.languages.scopes import Binding
from ssot_migrate.model import Site
from ssot_migrate.transforms.ad_hoc_mock.meanings import Callee, callee_of, of_meaning
from ssot_migrate.transforms.ad_hoc_mock.names import METHODS


def creation(rule: str, node: ast.Call, doc: PythonDocument) -> Iterator[Site]:
    """The site of a call whose function bears the name of a standard mock."""
    if last_name(node.func) in METHODS and (callee := callee_of(node.func, doc)):
        yield _site(rule, node, callee, doc)


def renamed(rule: str, node: ast.ImportFrom | ast.Assign, doc: PythonDocument) -> Iterator[Site]:
    """Sites of calls through another name, which ``node`` gives to a standard mock."""
    found: list[Site] = []

    def visit(call: ast.Call, meaning: Meaning, again: PythonDocument) -> None:
        found.append(_site(rule, call, of_meaning(call.func, meaning, again), again))

    for name in _other_names(node):
        visit_calls(name, node, doc, visit)
    yield from found


def _other_names(node: ast.ImportFrom | ast.Assign) -> Iterator[str]:
    if isinstance(node, ast.ImportFrom):
        yield from other_names(node, frozenset(METHODS))
        return
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=value) if last_name(value) in METHODS:
            yield from () if name in METHODS else (name,)


def _site(rule: str, node: ast.Call, callee: Callee, doc: PythonDocument) -> Site:
    facts = {"means": callee.means}
    if callee.doubt:
        facts["doubt"] = callee.doubt
    if callee.via == "import":
        facts["root"] = root_name(node.func)
    if like := _local_import(node.func, doc):
        facts["like"] = like
    if _in_fixture(doc):
        facts["fixture"] = "1"
    captures = {"callee": doc.capture(node.func)}
    return doc.site(rule, "creation", node, captures=captures, facts=facts, hits=_hits(node.func, doc))


def _local_import(func: ast.expr, doc: PythonDocument) -> str:
    """The offset of the only import statement in a function that the callee goes through, as text."""
    found = doc.lookup(root_name(func))
    if not found or not isinstance(found[0], ast.FunctionDef | ast.AsyncFunctionDef):
        return ""
    match found[1]:
        case [Binding(node=ast.Import() | ast.ImportFrom() as only)]:
            return str(doc.span(only).start)
    return ""  # of several, each may run without the others


def _in_fixture(doc: PythonDocument) -> bool:
    function = doc.function()
    decorators = function.decorator_list if function else []
    return any(last_name(d.func if isinstance(d, ast.Call) else d) == "fixture" for d in decorators)


def _hits(func: ast.expr, doc: PythonDocument) -> tuple[int, ...]:
    """Where the legacy name stands; nowhere if it is called by another name."""
    name = last_name(func)
    end = doc.span(func).end
    start = end - len(name.encode())
    return (start,) if name in METHODS and doc.text[start:end] == name.encode() else ()
