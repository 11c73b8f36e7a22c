"""Code that asks which object the environment is, or of which type: the accessor's is another one."""

from __future__ import annotations

import ast

from ssot_migrate.index.repository import Repository
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.model import Site

KEY = "identity"
"""The key of all such sites."""
_CALLS = frozenset({"id", "type", "isinstance", "vars", "hash", "dir", "callable"})
_ASSERTS = frozenset({"assertIs", "assertIsNot", "assertIsInstance", "assertNotIsInstance"})


def asked(node: ast.expr, doc: PythonDocument) -> bool:
    """Whether the expression around ``node``, the whole mapping, is about its identity or type."""
    match doc.parent:
        case ast.Compare() as compare:
            return _compared(node, compare)
        case ast.Call(func=ast.Name(id=name)) as call if call.func is not node:
            return name in _CALLS
        case ast.Call(func=ast.Attribute(attr=name)) as call if call.func is not node:
            return name in _ASSERTS
        case ast.Attribute(attr="__class__" | "__dict__"):
            return True
    return False


def facts(kind: str, doc: PythonDocument) -> dict[str, str]:
    """Whether a function asks so that is given a ``monkeypatch``: perhaps of what that has changed."""
    function = doc.function() if kind == "identity" else None
    given = any(argument.arg == "monkeypatch" for argument in function.args.args) if function else False
    return {"patches": "1"} if given else {}


def hold_reason(site: Site, repo: Repository) -> str:
    """Why a site waits that asks so, or that hands the mapping to code, or takes it from code, which does."""
    if site.key == KEY:
        return "asks which object this is, or of which type: the accessor gives another one"
    if site.kind in ("setenv", "delenv"):
        for peer in repo.peers(site.rule, KEY):
            if peer.facts.get("patches"):
                return f"{peer.path}:{peer.line} asks what monkeypatch changes whether it is os.environ"
        return ""
    if site.kind not in ("alias", "pass"):
        return ""
    for peer in repo.peers(site.rule, KEY):
        if peer.path == site.path or _meet(site.path, peer.path, repo):
            return f"{peer.path}:{peer.line} asks which object the environment is"
    return ""


def _meet(path: str, other: str, repo: Repository) -> bool:
    return path in repo.imports.behind(other) or other in repo.imports.behind(path)


def _compared(node: ast.expr, compare: ast.Compare) -> bool:
    """Whether ``is`` or ``is not`` stands beside ``node``, with anything but None on its other side."""
    operands = [compare.left, *compare.comparators]
    return any(
        isinstance(how, ast.Is | ast.IsNot) and node in (left, right) and not (_none(left) or _none(right))
        for left, how, right in zip(operands, compare.ops, operands[1:], strict=False)
    )


def _none(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and node.value is None
