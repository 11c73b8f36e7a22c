"""Whether a piece of a test runs anything but its own literals, mocks and prints."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ssot_migrate.languages.nodes import subtree
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.scopes import FunctionNode
from ssot_migrate.transforms.hollow_test.checks import callee_name, nodes_of

_BUILTINS = frozenset(
    {
        *("print", "len", "str", "repr", "int", "float", "bool", "list", "dict", "set", "tuple", "frozenset"),
        *(
            "sorted",
            "reversed",
            "range",
            "sum",
            "min",
            "max",
            "any",
            "all",
            "enumerate",
            "zip",
            "map",
            "filter",
        ),
        *("isinstance", "type", "id", "round", "abs", "format", "bytes", "bytearray", "object", "hasattr"),
    }
)
_LIBRARIES = (
    "time.",
    "datetime.",
    "random.",
    "uuid.",
    "json.",
    "logging.",
    "math.",
    "string.",
    "unittest.mock.",
    "collections.",
    "copy.",
    "pprint.",
)
_CALLS = ("asyncio.sleep", "unittest.mock")
_SIMPLE = (
    *(ast.Constant, ast.Name, ast.JoinedStr, ast.FormattedValue, ast.List, ast.Tuple, ast.Set, ast.Dict),
    *(ast.BinOp, ast.UnaryOp, ast.BoolOp, ast.Compare, ast.IfExp, ast.Await, ast.Starred, ast.Slice),
    *(ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp, ast.comprehension),
    *(ast.Lambda, ast.arguments, ast.arg, ast.keyword),
    *(ast.expr_context, ast.operator, ast.unaryop, ast.boolop, ast.cmpop),
    *(ast.Expr, ast.Assign, ast.AugAssign, ast.Pass, ast.Break, ast.Continue, ast.For, ast.AsyncFor),
    *(ast.If, ast.While, ast.With, ast.AsyncWith, ast.withitem, ast.Return, ast.Global, ast.Nonlocal),
)  # fmt: skip


class Inertness:
    """Tells, for the test at which the walk stands, what runs nothing of anybody else's."""

    def __init__(self, test: FunctionNode, doc: PythonDocument) -> None:
        """Read which names are the test's own."""
        self.doc = doc
        parameters = {a.arg for a in (*test.args.posonlyargs, *test.args.args, *test.args.kwonlyargs)}
        stores = {n.id for n in nodes_of(test) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)}
        self.own = stores - parameters
        given = list(_given(test))
        while foreign := {name for name, value in given if name in self.own and not self.is_inert(value)}:
            self.own -= foreign

    def is_inert(self, node: ast.AST) -> bool:
        """Whether a statement or expression runs nothing of the code under test."""
        match node:
            case ast.Call():
                return self._is_inert_call(node) and all(map(self.is_inert, (*node.args, *node.keywords)))
            case ast.Attribute() | ast.Subscript():
                return self._is_own(node) and all(map(self.is_inert, ast.iter_child_nodes(node)))
            case ast.Name(id=name):
                return (
                    name in self.own
                    or name in _BUILTINS
                    or self._stands_for_inert(node)
                    or _is_constant_name(name)
                )
            case ast.AnnAssign(target=target, value=value):
                return isinstance(target, ast.Name) and (value is None or self.is_inert(value))
            case ast.FunctionDef() | ast.AsyncFunctionDef():
                return not node.decorator_list
            case _ if isinstance(node, _SIMPLE):
                return all(map(self.is_inert, ast.iter_child_nodes(node)))
        return False

    def _is_inert_call(self, call: ast.Call) -> bool:
        func = call.func
        if isinstance(func, ast.Name) and func.id in _BUILTINS and self.doc.lookup(func.id) is None:
            return True
        return (
            self._stands_for_inert(func)
            or (isinstance(func, ast.Attribute) and self._is_own(func))
            or _logs(call)
        )

    def _is_own(self, node: ast.expr) -> bool:
        while isinstance(node, ast.Attribute | ast.Subscript | ast.Call):
            node = node.func if isinstance(node, ast.Call) else node.value
        return (
            isinstance(node, ast.Name)
            and node.id in self.own
            or isinstance(node, ast.Constant | ast.JoinedStr)
        )

    def _stands_for_inert(self, func: ast.expr) -> bool:
        meaning = self.doc.meaning(func)
        return meaning is not None and (
            meaning.dotted in _CALLS or f"{meaning.dotted}.".startswith(_LIBRARIES)
        )


def _given(test: FunctionNode) -> Iterator[tuple[str, ast.expr]]:
    """Names with the expressions that they get their values from, one by one."""
    for node in nodes_of(test):
        match node:
            case ast.Assign(targets=targets, value=value):
                yield from ((name, value) for target in targets for name in _names(target))
            case (
                ast.AnnAssign(target=target, value=ast.expr() as value)
                | ast.AugAssign(target=target, value=value)
            ):
                yield from ((name, value) for name in _names(target))
            case ast.For(target=target, iter=value) | ast.AsyncFor(target=target, iter=value):
                yield from ((name, value) for name in _names(target))
            case ast.withitem(context_expr=value, optional_vars=ast.expr() as target):
                yield from ((name, value) for name in _names(target))
            case ast.NamedExpr(target=ast.Name(id=name), value=value):
                yield name, value


def _names(target: ast.expr) -> Iterator[str]:
    return (node.id for node in subtree(target) if isinstance(node, ast.Name))


def _is_constant_name(name: str) -> bool:
    return name in ("__file__", "__name__")


def _logs(call: ast.Call) -> bool:
    owner = callee_name(call).rpartition(".")[0]
    return owner.rpartition(".")[2].lower() in ("logger", "log", "logging")


def logs_or_prints(call: ast.Call) -> bool:
    """Whether a call only shows its arguments to somebody who may look."""
    return _logs(call) or callee_name(call) in ("print", "pprint", "pprint.pprint")
