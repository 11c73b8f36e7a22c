"""Whether a module takes folders off ``sys.path`` while it is loaded."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

_TAKING = re.compile(
    rb"sys\.path\s*\.\s*(?:remove|pop|clear)\s*\(|\bdel\s+sys\.path\b"
    rb"|sys\.path\s*(?:\[\s*:\s*\])?\s*=\s*(?:\[\s*\w+\s+for\b|list\s*\(\s*filter\b)"
)
_GIVING = re.compile(rb"sys\.path\s*\.\s*(?:insert|append|extend)\s*\(")
_PATH, _NEAR = b"sys.path", 80
_FOLLOWS = re.compile(rb"\s*(?:\.\s*(?:remove|pop|clear)|[\[=])")
_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def takes_from_path(data: bytes) -> bool:
    """Whether statements of a module take folders off the import path before any of it puts one there.

    Whoever takes off first what others have put there may take off the root that imports count on.
    """
    if not _may_take(data) or not _TAKING.search(data):
        return False
    try:
        own = b"\n".join(_outside_functions(data))
    except (SyntaxError, ValueError, RecursionError):
        return True
    taken, given = _TAKING.search(own), _GIVING.search(own)
    return bool(taken and not (given and given.start() < taken.start()))


def _may_take(data: bytes) -> bool:
    """Whether what stands around the path leaves that open: quick, since most only put something there."""
    position = data.find(_PATH)
    while position >= 0:
        before = data[max(0, position - _NEAR) : position].rstrip()
        if _FOLLOWS.match(data, position + len(_PATH)) or not before or before.endswith(b"del"):
            return True
        position = data.find(_PATH, position + 1)
    return False


def _outside_functions(data: bytes) -> Iterator[bytes]:
    lines = data.splitlines()
    for node in ast.parse(data).body:
        if not isinstance(node, _SCOPES):
            yield from lines[node.lineno - 1 : node.end_lineno]
