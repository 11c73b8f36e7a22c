"""Whether what a test calls may check something for it: followed in this file, named where elsewhere."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Sequence

from ssot_migrate.edits import Span
from ssot_migrate.languages.blocks import functions
from ssot_migrate.languages.nodes import subtree
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.scopes import FunctionNode
from ssot_migrate.transforms.hollow_test.checks import is_check, nodes_of
from ssot_migrate.transforms.hollow_test.suspects import suspected

_DEEPEST = 4
_NAMES = re.compile(rb"\w+")
_TEAR_DOWN = re.compile(r"_?(?:async)?teardown", re.IGNORECASE)


def read_whole(text: bytes) -> Iterator[Span]:
    """What the suspects of a file may call, directly or not, as far as it is named there; all tear-downs.

    A call of what is named as a test counts as a check, and is not followed.
    """
    known: dict[bytes, list[Span]] = {}
    for one in functions(text):
        if is_tear_down(one.name.decode("ascii", "replace")):
            yield Span(one.body, one.end)
        elif b"test" not in one.name.lower():
            known.setdefault(one.name, []).append(Span(one.body, one.end))
    queue = [Span(test.start, test.end) for test in suspected(text) if test.bare]
    while queue and known:
        span = queue.pop()
        for name in known.keys() & set(_NAMES.findall(text, span.start, span.end)):
            yield from (called := known.pop(name))
            queue += called


def is_tear_down(name: str) -> bool:
    """Whether what bears this name runs after each test of its class."""
    return _TEAR_DOWN.match(name) is not None


class Callees:
    """The calls of the test at which the walk stands; ``elsewhere`` are the dotted names that it imports."""

    def __init__(self, doc: PythonDocument) -> None:
        """Resolve names as they are at the test."""
        self.doc = doc
        self.owner = next((s for s in reversed(doc.scopes) if isinstance(s, ast.ClassDef)), None)
        self.elsewhere: set[str] = set()

    def may_check(self, test: FunctionNode) -> bool:
        """Whether some call in ``test`` may fail it on purpose, as far as this file tells."""
        parameters = {a.arg for a in (*test.args.posonlyargs, *test.args.args, *test.args.kwonlyargs)}
        nodes = nodes_of(test)
        stores = {n.id for n in nodes if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
        nested = {n.name: n for n in nodes if isinstance(n, FunctionNode) and n is not test}
        calls = _calls(nodes)
        return any(self._may(call, discarded, parameters, stores, nested) for call, discarded in calls)

    def _may(
        self,
        call: ast.Call,
        discarded: bool,
        parameters: set[str],
        stores: set[str],
        nested: dict[str, FunctionNode],
    ) -> bool:
        if is_check(call):
            return False  # looked at as a check of the test's own
        root = call.func
        while isinstance(root, ast.Attribute | ast.Call | ast.Subscript):
            root = root.func if isinstance(root, ast.Call) else root.value
        if not isinstance(root, ast.Name):
            return False
        if root.id in ("self", "cls") and root.id in parameters:
            return self._own_method(call.func, discarded, 0)
        if root.id in parameters:
            return discarded
        if root.id in nested or root.id in stores:
            return False  # its nodes were looked at with the test's own
        return self._of_module(root, call)

    def _own_method(self, func: ast.expr, discarded: bool, depth: int) -> bool:
        match func:
            case ast.Attribute(value=ast.Name(), attr=name):
                methods = self.owner.body if self.owner else []
                found = [m for m in methods if isinstance(m, FunctionNode) and m.name == name]
                return self._holds_check(found[-1], depth) if found else True
        return discarded

    def _of_module(self, root: ast.Name, call: ast.Call) -> bool:
        if meaning := self.doc.meaning(call.func):
            self.elsewhere.add(meaning.dotted)
            return not meaning.certain
        found = self.doc.lookup(root.id)
        defined = [b.node for b in found[1] if isinstance(b.node, FunctionNode)] if found else []
        return any(self._holds_check(node, 0) for node in defined)

    def _holds_check(self, node: FunctionNode, depth: int) -> bool:
        """Whether a function of this file checks something, itself or through others of this file."""
        if depth > _DEEPEST:
            return True
        nodes = subtree(self.doc.whole(node))
        if any(map(is_check, nodes)):
            return True
        for call, _ in _calls(nodes):
            match call.func:
                case ast.Name(id=name):
                    found = self.doc.bindings(self.doc.tree).get(name, [])
                    inner = [b.node for b in found if isinstance(b.node, FunctionNode) and b.node is not node]
                    if any(self._holds_check(other, depth + 1) for other in inner):
                        return True
                    self.elsewhere.update(b.dotted for b in found if b.kind == "import")
                case ast.Attribute(value=ast.Name(id="self" | "cls")):
                    if self._own_method(call.func, True, depth + 1):
                        return True
        return False


def _calls(nodes: Sequence[ast.AST]) -> Iterator[tuple[ast.Call, bool]]:
    """Calls among ``nodes``, and whether the result of each is thrown away."""
    thrown = set()
    for inner in nodes:
        if isinstance(inner, ast.Expr):
            value = inner.value.value if isinstance(inner.value, ast.Await) else inner.value
            thrown.add(id(value))
    return ((inner, id(inner) in thrown) for inner in nodes if isinstance(inner, ast.Call))
