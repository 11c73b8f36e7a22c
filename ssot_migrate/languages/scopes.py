"""What a name means where it stands: bindings per scope, flow-insensitive and honest about doubt."""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ssot_migrate.languages.nodes import subtree

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef
Comprehension = ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp
ScopeNode = ast.Module | ast.ClassDef | FunctionNode | ast.Lambda | Comprehension
Bindings = dict[str, list["Binding"]]

UNKNOWN = ""
STAR = "*"
_DECLARED = {
    kind: re.compile(kind + rb"[ \t]+(\w+(?:[ \t]*,[ \t]*\w+)*)") for kind in (b"global", b"nonlocal")
}
_INDENTED = 80


class Binding(NamedTuple):
    """One place that gives a name its meaning in a scope.

    ``kind`` is import, def, param, assign or outer (``global``/``nonlocal``);
    ``dotted`` is the imported object, ``value`` the assigned expression.
    """

    kind: str
    node: ast.AST
    dotted: str = UNKNOWN
    value: ast.expr | None = None


def absolute(module: str | None, level: int, package: str) -> str:
    """The dotted module that ``from {level dots}{module}`` names inside ``package``."""
    if not level:
        return module or ""
    parts = package.split(".") if package else []
    kept = parts[: len(parts) - (level - 1)] if level > 1 else parts
    return ".".join([*kept, *([module] if module else [])])


def imported(node: ast.Import | ast.ImportFrom, package: str) -> Iterator[tuple[str, str]]:
    """Pairs of local name and dotted object that an import statement binds (``*`` for a star)."""
    if isinstance(node, ast.Import):
        for alias in node.names:
            top = alias.name.partition(".")[0]
            yield (alias.asname, alias.name) if alias.asname else (top, top)
        return
    module = absolute(node.module, node.level, package)
    for alias in node.names:
        yield alias.asname or alias.name, f"{module}.{alias.name}"


def bindings(scope: ScopeNode, package: str, *, walrus: bool = False) -> Bindings:
    """All bindings of one scope, nested scopes left out; ``walrus``: look for ``:=`` as well."""
    found: Bindings = {}
    for name, binding in _of_scope(scope, package, walrus):
        found.setdefault(name, []).append(binding)
    return found


def declared(kind: bytes, text: bytes, start: int = 0, end: int | None = None) -> Iterator[str]:
    """Names that a function in ``text[start:end]`` may give another value: ``kind`` is global or nonlocal."""
    for found in _DECLARED[kind].finditer(text, start, len(text) if end is None else end):
        before = text[max(0, found.start() - _INDENTED) : found.start()].rstrip(b" \t")
        if not before or before.endswith((b"\n", b":", b";")):
            yield from found[1].decode("utf-8").replace(" ", "").replace("\t", "").split(",")


def _of_scope(scope: ScopeNode, package: str, walrus: bool) -> Iterator[tuple[str, Binding]]:
    if isinstance(scope, Comprehension):
        for node in (node for part in scope.generators for node in subtree(part.target)):
            yield from _of_node(node, package)
        return
    if not isinstance(scope, ast.Module | ast.ClassDef):
        for argument in arguments(scope.args):
            yield argument.arg, Binding("param", argument)
    if walrus:
        for node in subtree(scope):
            if isinstance(node, ast.NamedExpr):
                yield node.target.id, Binding("assign", node)
    if not isinstance(scope, ast.Lambda):
        yield from _of_body(scope.body, package)


def arguments(arguments: ast.arguments) -> Iterator[ast.arg]:
    """All parameters of a function."""
    yield from (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)
    if arguments.vararg:
        yield arguments.vararg
    if arguments.kwarg:
        yield arguments.kwarg


# What can bind a name, and which of its fields hold more that can in the same scope.
_BINDING: dict[type[ast.AST], tuple[str, ...]] = {
    **dict.fromkeys((ast.Import, ast.ImportFrom, ast.Global, ast.Nonlocal), ()),
    **dict.fromkeys((ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Name, ast.MatchStar), ()),
    **dict.fromkeys((ast.Assign, ast.Delete), ("targets",)),
    **dict.fromkeys((ast.AnnAssign, ast.AugAssign), ("target",)),
    **dict.fromkeys((ast.For, ast.AsyncFor), ("target", "body", "orelse")),
    **dict.fromkeys((ast.While, ast.If), ("body", "orelse")),
    **dict.fromkeys((ast.Try, ast.TryStar), ("body", "handlers", "orelse", "finalbody")),
    **dict.fromkeys((ast.With, ast.AsyncWith), ("items", "body")),
    **dict.fromkeys((ast.Tuple, ast.List), ("elts",)),
    **dict.fromkeys((ast.MatchSequence, ast.MatchMapping, ast.MatchOr), ("patterns",)),
    ast.withitem: ("optional_vars",),
    ast.ExceptHandler: ("body",),
    ast.Starred: ("value",),
    ast.Match: ("cases",),
    ast.match_case: ("pattern", "body"),
    ast.MatchClass: ("patterns", "kwd_patterns"),
    ast.MatchAs: ("pattern",),
}
if sys.version_info >= (3, 12):
    _BINDING[ast.TypeAlias] = ("name",)


def _of_body(body: Iterable[ast.AST], package: str) -> Iterator[tuple[str, Binding]]:
    stack = list(body)[::-1]
    while stack:
        node = stack.pop()
        fields = _BINDING.get(type(node))
        if fields is None:
            continue
        if alias := _alias_of(node):
            yield alias[0], Binding("alias", node, value=alias[1])
            continue
        yield from _of_node(node, package)
        for value in [getattr(node, field) for field in reversed(fields)]:
            stack += reversed(value) if isinstance(value, list) else (value,)


def _alias_of(node: ast.AST) -> tuple[str, ast.expr] | None:
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=value):
            return name, value
        case ast.AnnAssign(target=ast.Name(id=name), value=ast.expr() as value):
            return name, value
    return None


def _of_node(node: ast.AST, package: str) -> Iterator[tuple[str, Binding]]:
    match node:
        case ast.Import() | ast.ImportFrom():
            for name, dotted in imported(node, package):
                yield name, Binding("import", node, dotted)
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            yield node.name, Binding("def", node)
        case ast.Global() | ast.Nonlocal():
            for name in node.names:
                yield name, Binding("outer", node)
        case ast.ExceptHandler(name=str(name)) | ast.MatchAs(name=str(name)) | ast.MatchStar(name=str(name)):
            yield name, Binding("assign", node)
        case ast.MatchMapping(rest=str(name)):
            yield name, Binding("assign", node)
        case ast.Name(id=name, ctx=ast.Store() | ast.Del()):
            yield name, Binding("assign", node)
