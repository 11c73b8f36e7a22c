"""Paths that a file builds from its own place, worked out without running it."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from ssot_migrate.languages.python import PythonDocument

_SAME = {"os.path.abspath", "os.path.realpath", "os.path.normpath", "os.fspath", "str"}
_SAME_METHODS = {"resolve", "absolute", "as_posix", "__str__"}
_JOINS = {"os.path.join", "pathlib.Path", "pathlib.PurePath", "pathlib.PosixPath"}
_DEEPEST = 12


def place_of(node: ast.expr | None, doc: PythonDocument, depth: int = _DEEPEST) -> str | None:
    """The repository-relative path that ``node`` evaluates to (root is ``""``); None if that is not known."""
    if node is None or not depth:
        return None
    match node:
        case ast.Name(id="__file__"):
            return doc.source.path
        case ast.Name():
            return _of_name(node, doc, depth - 1)
        case ast.Attribute(attr="parent", value=value):
            return _up(place_of(value, doc, depth - 1), 1)
        case ast.Subscript(
            value=ast.Attribute(attr="parents", value=value), slice=ast.Constant(value=int(count))
        ):
            return _up(place_of(value, doc, depth - 1), count + 1)
        case ast.BinOp(op=ast.Div(), left=left, right=right):
            return _joined(place_of(left, doc, depth - 1), [right])
        case ast.Call(func=func, args=args) if not node.keywords:
            return _of_call(func, args, doc, depth - 1)
    return None


def _of_name(node: ast.Name, doc: PythonDocument, depth: int) -> str | None:
    found = doc.lookup(node.id)
    if not found or len(found[1]) != 1 or found[1][0].kind != "alias":
        return None
    return place_of(found[1][0].value, doc, depth)


def _of_call(func: ast.expr, args: Sequence[ast.expr], doc: PythonDocument, depth: int) -> str | None:
    if isinstance(func, ast.Attribute) and func.attr in (*_SAME_METHODS, "joinpath"):
        return _joined(place_of(func.value, doc, depth), args)
    called = _name(func, doc)
    if not args:
        return None
    base = place_of(args[0], doc, depth)
    if called in _SAME and len(args) == 1:
        return base
    if called == "os.path.dirname" and len(args) == 1:
        return _up(base, 1)
    return _joined(base, args[1:]) if called in _JOINS else None


def _name(func: ast.expr, doc: PythonDocument) -> str:
    meaning = doc.meaning(func)
    if meaning and meaning.certain:
        return meaning.dotted
    return func.id if isinstance(func, ast.Name) and not doc.lookup(func.id) else ""


def _up(place: str | None, count: int) -> str | None:
    parts = place.split("/") if place else []
    return "/".join(parts[:-count]) if place is not None and 0 < count <= len(parts) else None


def _joined(place: str | None, parts: Sequence[ast.expr]) -> str | None:
    for part in parts:
        if place is None or not isinstance(part, ast.Constant) or not isinstance(part.value, str):
            return None
        place = walked(place, part.value)
    return place


def walked(folder: str, relative: str) -> str | None:
    """``relative`` followed from ``folder``; None if it leaves the repository or is absolute."""
    if relative.startswith(("/", "~")) or "\\" in relative or ":" in relative:
        return None
    parts = folder.split("/") if folder else []
    for part in relative.split("/"):
        if part == ".." and not parts:
            return None
        if part == "..":
            parts.pop()
        elif part not in ("", "."):
            parts.append(part)
    return "/".join(parts)
