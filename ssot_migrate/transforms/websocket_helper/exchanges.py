"""What a test does with its connection, said with the utility's client; or what of it cannot be."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ssot_migrate.edits import Edit, Span
from ssot_migrate.languages.nodes import subtree
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.scopes import FunctionNode


class Refused(Exception):
    """Why a block cannot be translated."""


class Exchange:
    """All uses of the connection ``name`` in one function, each with its counterpart."""

    def __init__(self, name: str, function: FunctionNode, doc: PythonDocument) -> None:
        """Look at ``function``, in which the walk of ``doc`` stands."""
        self.name, self.doc = name, doc
        self.nodes = subtree(function)
        self.parents = {below: above for above in self.nodes for below in ast.iter_child_nodes(above)}

    def edits(self) -> list[Edit]:
        """The edits of all uses.

        Raises:
            Refused: one of them has no counterpart.
        """
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
