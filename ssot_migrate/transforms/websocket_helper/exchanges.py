"""What a test does with its connection, said with the utility's client; or what of it cannot be."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ssot_migrate.edits import Edit, Span
from ssot_migrate.languages.nodes import subtree
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.scopes import FunctionNode

UTILITY = "\x01"
"""Stands in an edit for the name under which the utility is imported."""
_HEADERS = ("additional_headers", "extra_headers")


class Refused(Exception):
    """Why a block cannot be translated."""


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
        edits += _Exchange(item.optional_vars.id, function, doc).edits()
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


class _Exchange:
    """All uses of the connection ``name`` in one function, each with its counterpart."""

    def __init__(self, name: str, function: FunctionNode, doc: PythonDocument) -> None:
        self.name, self.doc = name, doc
        self.nodes = subtree(function)
        self.parents = {below: above for above in self.nodes for below in ast.iter_child_nodes(above)}

    def edits(self) -> list[Edit]:
        stores = [n for n in self.nodes if isinstance(n, ast.Name) and n.id == self.name]
        if sum(not isinstance(node.ctx, ast.Load) for node in stores) != 1:
            raise Refused(f"{self.name} is bound more than once in this function")
        return [edit for node in stores if isinstance(node.ctx, ast.Load) for edit in self._use(node)]

    def _use(self, node: ast.Name) -> Iterator[Edit]:
        method, call = self.parents[node], self.parents.get(self.parents[node])
        if not isinstance(method, ast.Attribute) or not isinstance(call, ast.Call) or call.func is not method:
            raise Refused(f"{self.name} is used as a value")
        if method.attr == "send":
            yield from self._send(method, call)
        elif method.attr == "recv" and not call.args and not call.keywords:
            yield from self._receive(call)
        else:
            raise Refused(f"the utility's client has no {method.attr}")

    def _send(self, method: ast.Attribute, call: ast.Call) -> Iterator[Edit]:
        match call:
            case ast.Call(args=[ast.Call(args=[message], keywords=[]) as dumps], keywords=[]) if self._means(
                dumps.func, "json.dumps"
            ) and not isinstance(message, ast.Starred):
                name, inner = self.doc.span(method), self.doc.span(dumps)
                sent = self.doc.span(message)
                self._uncommented(Span(inner.start, sent.start), Span(sent.end, inner.end))
                yield Edit(name.end - len("send"), name.end, "send_json")
                yield Edit(inner.start, sent.start, "")
                yield Edit(sent.end, inner.end, "")
            case _:
                raise Refused("what is sent is not made by json.dumps there")

    def _receive(self, call: ast.Call) -> Iterator[Edit]:
        awaited, seconds = self._awaited(call)
        loads = self.parents[awaited]
        waiting = f"await {self.name}.receive_json({seconds})"
        if isinstance(loads, ast.Call) and loads.args == [awaited] and self._is_loads(loads):
            yield self._replaced(loads, waiting)
            return
        match loads:
            case ast.Assign(targets=[ast.Name(id=raw)]):
                yield self._replaced(awaited, waiting)
                yield from self._decoded(raw)
            case _:
                raise Refused("what is received is not read by json.loads there")

    def _awaited(self, call: ast.Call) -> tuple[ast.Await, str]:
        """The ``await`` of a ``recv()``, and the time limit around it, as source text."""
        above = self.parents[call]
        match above:
            case ast.Await():
                return above, ""
            case (
                ast.Call(args=[_, limit], keywords=[])
                | ast.Call(args=[_], keywords=[ast.keyword(arg="timeout", value=limit)])
            ) if self._means(above.func, "asyncio.wait_for"):
                outer = self.parents[above]
                if isinstance(outer, ast.Await):
                    return outer, ast.unparse(limit)
        raise Refused("recv() is not awaited there")

    def _decoded(self, raw: str) -> Iterator[Edit]:
        """``json.loads(raw)`` becomes ``raw``: every value and every use of the name must be of this kind."""
        for node in self.nodes:
            if not isinstance(node, ast.Name) or node.id != raw:
                continue
            above = self.parents[node]
            if isinstance(node.ctx, ast.Load):
                if not isinstance(above, ast.Call) or above.args != [node] or not self._is_loads(above):
                    raise Refused(f"{raw} is also used as it was received")
                yield self._replaced(above, raw)
            elif not isinstance(above, ast.Assign) or f"{self.name}.recv()" not in ast.unparse(above.value):
                raise Refused(f"{raw} also holds something else")

    def _is_loads(self, call: ast.Call) -> bool:
        return not call.keywords and self._means(call.func, "json.loads")

    def _means(self, func: ast.expr, dotted: str) -> bool:
        meaning = self.doc.meaning(func)
        return meaning is not None and meaning.certain and meaning.dotted == dotted

    def _replaced(self, node: ast.expr, text: str) -> Edit:
        span = self.doc.span(node)
        self._uncommented(span)
        return Edit(span.start, span.end, text)

    def _uncommented(self, *spans: Span) -> None:
        if any(b"#" in span.slice(self.doc.text) for span in spans):
            raise Refused("a comment stands inside what would change")
