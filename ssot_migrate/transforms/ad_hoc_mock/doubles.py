"""Custom classes that stand in for others in tests: what one file tells of each."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from typing import NamedTuple

from ssot_migrate.copies.fingerprint import Print, fingerprint
from ssot_migrate.copies.place import place_facts, uses
from ssot_migrate.edits import Span
from ssot_migrate.languages.blocks import class_blocks
from ssot_migrate.languages.names import last_name
from ssot_migrate.languages.nodes import subtree
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.scopes import FunctionNode
from ssot_migrate.languages.words import word_offsets
from ssot_migrate.model import Site
from ssot_migrate.transforms.ad_hoc_mock.names import METHODS

DOUBLE = "double"
# What a class is called that stands in for another: Mock*, *Mock and so on, in CamelCase.
NAMED = re.compile(
    r"_*(?:(?:Mock|Fake|Stub|Dummy|Spy)(?=[A-Z0-9_]|$)\w*|[A-Z]\w*(?:Mock|Fake|Stub|Dummy|Spy|Double))"
)


class Method(NamedTuple):
    """A method as a site's facts tell of it."""

    name: str
    kind: str
    digest: str


def methods_of(site: Site) -> dict[str, Method]:
    """The methods of a double, by name."""
    methods = (Method(*part.split(":")) for part in site.facts["methods"].split())
    return {method.name: method for method in methods}


def read_whole(text: bytes) -> Iterator[Span]:
    """Classes that may be doubles, and all places that name one."""
    for name, span in class_blocks(text):
        if NAMED.fullmatch(name):
            yield span
            yield from (Span(offset, offset + 1) for offset in word_offsets(text, name))


def double(rule: str, node: ast.ClassDef, doc: PythonDocument) -> Iterator[Site]:
    """The site of a class that is named as a double and that pytest does not collect."""
    if not NAMED.fullmatch(node.name) or node.name.startswith("Test"):
        return
    methods = [statement for statement in node.body if isinstance(statement, FunctionNode)]
    if any(method.name.startswith("test") for method in methods):
        return
    found = fingerprint(node, doc)
    facts = {
        "name": node.name,
        "class": ".".join(filter(None, (doc.scope_name(), node.name))),
        "methods": _methods(methods, found),
        "values": " ".join(sorted(set(_values(node, methods)))),
    }
    if bases := " ".join(_base(base, doc) for base in node.bases):
        facts["bases"] = bases
    if doc.parent is doc.tree and len(doc.bindings(doc.tree).get(node.name, ())) == 1:
        facts |= place_facts(node, doc) | uses(node, doc)
    key = f"{DOUBLE}:{found.whole}"
    yield doc.site(rule, DOUBLE, node, facts=facts, key=key, hits=tuple(_hits(node, doc)))


def _base(base: ast.expr, doc: PythonDocument) -> str:
    meaning = doc.meaning(base)
    return meaning.dotted if meaning else ast.unparse(base)


def _methods(methods: list[FunctionNode], found: Print) -> str:
    """``name:kind:digest`` of each method; kinds are async, sync and value (a property)."""
    return " ".join(f"{method.name}:{_kind(method)}:{found.methods[method.name]}" for method in methods)


def _kind(method: FunctionNode) -> str:
    if any(last_name(d).endswith("property") or last_name(d) == "setter" for d in method.decorator_list):
        return "value"
    return "async" if isinstance(method, ast.AsyncFunctionDef) else "sync"


def _values(node: ast.ClassDef, methods: list[FunctionNode]) -> Iterator[str]:
    """Attributes that instances have besides methods: of the class, and set on ``self`` anywhere."""
    for statement in node.body:
        match statement:
            case ast.Assign(targets=targets):
                yield from (target.id for target in targets if isinstance(target, ast.Name))
            case ast.AnnAssign(target=ast.Name(id=name)):
                yield name
    for inner in (inner for method in methods for inner in subtree(method)):
        match inner:
            case ast.Attribute(value=ast.Name(id="self"), attr=name, ctx=ast.Store()):
                yield name


def _hits(node: ast.ClassDef, doc: PythonDocument) -> Iterator[int]:
    """Legacy names in the header: bases, and the class's own name."""
    for base in node.bases:
        name = last_name(base)
        end = doc.span(base).end
        if name in METHODS and doc.text[end - len(name) : end] == name.encode():
            yield end - len(name)
    own = re.compile(rb"class[ \t]+(\w+)").match(doc.text, doc.span(node).start)
    if own and own[1].decode() in METHODS:
        yield own.start(1)
