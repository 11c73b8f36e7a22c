"""The block that a connection is open in, said with the utility's client; or why it cannot be."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ssot_migrate.edits import Edit
from ssot_migrate.languages.nodes import subtree
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.scopes import FunctionNode
from ssot_migrate.transforms.websocket_helper.exchanges import Exchange, Refused

UTILITY = "\x01"
"""Stands in an edit for the name under which the utility is imported."""
_HEADERS = ("additional_headers", "extra_headers")


def translated(call: ast.Call, doc: PythonDocument) -> list[Edit]:
    """The edits by which the block that ``call`` opens, where the walk stands, uses the utility's client.

    Raises:
        Refused: with the reason for a reader.
    """
    item, block = doc.stack[-1], doc.stack[-2]
    if not isinstance(item, ast.withitem) or not isinstance(block, ast.AsyncWith):
        raise Refused("the connection is kept beyond a block")
    function = doc.function()
    if function is None:
        raise Refused("it stands in no function")
    _catches(block, doc)
    edits = list(_opening(call, function, doc))
    if isinstance(item.optional_vars, ast.Name):
        edits += Exchange(item.optional_vars.id, function, doc).edits()
    elif item.optional_vars is not None:
        raise Refused("the connection is bound to no plain name")
    return sorted(edits)


def _catches(block: ast.AsyncWith, doc: PythonDocument) -> None:
    outer = next(node for node in doc.stack if isinstance(node, FunctionNode))
    around = subtree(outer) if outer is not doc.function() else ()  # who calls a function inside may catch
    for node in (*doc.stack, *subtree(block), *around):
        items = [ast.unparse(item.context_expr).lower() for item in getattr(node, "items", [])]
        if getattr(node, "handlers", []) or any("raises" in item or "suppress" in item for item in items):
            raise Refused("exceptions are caught here, and the utility raises WebSocketTestError instead")


def _opening(call: ast.Call, function: FunctionNode, doc: PythonDocument) -> Iterator[Edit]:
    """Edits of the call itself: the utility, made of the URL and a bearer token."""
    if len(call.args) != 1 or isinstance(call.args[0], ast.Starred):
        raise Refused("its arguments are not one URL")
    token = ""
    for keyword in call.keywords:
        if keyword.arg not in _HEADERS:
            raise Refused(f"the utility takes no {keyword.arg or '** options'}")
        token = _token(keyword.value, function, doc)
    callee, whole, url = doc.span(call.func), doc.span(call), doc.span(call.args[0])
    if b"#" in doc.text[url.end : whole.end]:
        raise Refused("a comment stands between its arguments")
    bearer = f", bearer={token}" if token else ""
    yield Edit(callee.start, callee.end, UTILITY)
    yield Edit(url.end, whole.end, f"{bearer}).connect()")


def _token(headers: ast.expr, function: FunctionNode, doc: PythonDocument) -> str:
    """The source text of the bearer token that is all of ``headers``."""
    named = headers.id if isinstance(headers, ast.Name) else ""
    if isinstance(headers, ast.Name):
        headers = _only_value(named, function)
    match headers:
        case ast.Dict(
            keys=[ast.Constant(value="Authorization")],
            values=[ast.JoinedStr(values=[ast.Constant(value="Bearer "), ast.FormattedValue() as token])],
        ) if token.conversion == -1 and token.format_spec is None:
            if named and not _stays(token.value, function):
                raise Refused(f"the token may have changed since {named} was made")
            return ast.unparse(token.value)
    raise Refused("the utility takes no headers but a bearer token")


def _stays(value: ast.expr, function: FunctionNode) -> bool:
    """Whether ``value`` is a name that the function gives a value at most once."""
    if not isinstance(value, ast.Name):
        return False
    stores = [n for n in subtree(function) if isinstance(n, ast.Name) and not isinstance(n.ctx, ast.Load)]
    given = [n.arg for n in subtree(function.args) if isinstance(n, ast.arg)]
    return [*given, *(n.id for n in stores)].count(value.id) <= 1


def _only_value(name: str, function: FunctionNode) -> ast.expr:
    """What a local name is bound to, if once, and used for nothing but a call's headers."""
    nodes = subtree(function)
    bound = [n for n in nodes if isinstance(n, ast.Assign) and _targets(n) == [name]]
    uses = [n for n in nodes if isinstance(n, ast.Name) and n.id == name]
    handed = [n.value for n in nodes if isinstance(n, ast.keyword) and n.arg in _HEADERS]
    if len(bound) != 1 or sum(use not in handed for use in uses) != 1:
        raise Refused(f"nothing shows that {name} holds a bearer token alone")
    return bound[0].value


def _targets(node: ast.Assign) -> list[str]:
    return [target.id for target in node.targets if isinstance(target, ast.Name)]
