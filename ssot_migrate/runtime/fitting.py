"""Whether a runtime file works beside the files that a team has changed, or had before."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping

from ssot_migrate.runtime.imports import needed


def unfit(runtime: Mapping[str, bytes], wanted: Iterable[str], own: Mapping[str, bytes]) -> dict[str, str]:
    """Which of the ``wanted`` files could not work, each with the reason.

    ``own`` are the team's versions of runtime files. A file needs every name of theirs that it
    imports or reads as an attribute, and every runtime file that it imports.
    """
    reasons: dict[str, str] = {}
    candidates = list(wanted)
    while True:
        found = {
            path: reason
            for path in candidates
            if path not in reasons and (reason := _reason(runtime, path, own, reasons))
        }
        if not found:
            return reasons
        reasons |= found


def _reason(
    runtime: Mapping[str, bytes], path: str, own: Mapping[str, bytes], unfit_too: Mapping[str, str]
) -> str:
    for other in needed(runtime, path):
        if other in unfit_too:
            return f"needs {other}, which is left out"
        if other in own:
            module = other.removesuffix(".py").replace("/", ".")
            wanted = _used(ast.parse(runtime[path]), module) & _defined(runtime[other])
            if missing := wanted - _available(own[other]):
                return f"needs {', '.join(sorted(missing)[:3])} of {other}, which is yours and has no such"
    return ""


def _used(tree: ast.Module, module: str) -> set[str]:
    """The names that are imported from ``module``, and the attributes of what they are or return."""
    imported = {
        alias.asname or alias.name: alias.name
        for node in ast.walk(tree)
        if isinstance(node, ast.ImportFrom) and node.module == module
        for alias in node.names
    }
    things = set(imported)
    for node in ast.walk(tree):
        match node:
            case ast.Assign(targets=[ast.Name(id=name)], value=ast.Call(func=ast.Name(id=maker))):
                things |= {name} if maker in imported else set()
            case ast.ClassDef(bases=bases) if any(
                isinstance(b, ast.Name) and b.id in imported for b in bases
            ):
                things.add("self")
    attributes = (node for node in ast.walk(tree) if isinstance(node, ast.Attribute))
    return {*imported.values(), *(node.attr for node in attributes if _owner(node) in things)}


def _owner(node: ast.Attribute) -> str:
    value = node.value.func if isinstance(node.value, ast.Call) else node.value
    return value.id if isinstance(value, ast.Name) else ""


def _defined(source: bytes) -> set[str]:
    """The names that a module and its classes define."""
    tree = ast.parse(source)
    bodies = [tree.body, *(node.body for node in tree.body if isinstance(node, ast.ClassDef))]
    return {name for body in bodies for statement in body for name in _bound(statement)}


def _available(source: bytes) -> set[str]:
    """Every name that is bound anywhere in a source; none if it cannot be read."""
    try:
        return {name for node in ast.walk(ast.parse(source)) for name in _bound(node)}
    except (SyntaxError, ValueError, RecursionError):
        return set()


def _bound(node: ast.AST) -> Iterator[str]:
    match node:
        case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
            yield name
        case ast.Assign(targets=targets):
            yield from (target.id for target in targets if isinstance(target, ast.Name))
        case ast.AnnAssign(target=ast.Name(id=name)):
            yield name
        case ast.Import(names=aliases) | ast.ImportFrom(names=aliases):
            yield from (alias.asname or alias.name for alias in aliases)
