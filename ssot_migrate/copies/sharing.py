"""What speaks against one definition serving two modules: its state, the effects of importing its module."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache

from ssot_migrate.copies.spelling import Definition
from ssot_migrate.languages.names import last_name
from ssot_migrate.languages.nodes import own_nodes, subtree
from ssot_migrate.languages.scopes import FunctionNode
from ssot_migrate.languages.words import word_offsets

IMPORT_ERRORS = {"ImportError", "ModuleNotFoundError"}

_FIXED = (ast.Constant, ast.Name, ast.Attribute, ast.Lambda, ast.JoinedStr)
_CONTAINERS = (ast.Tuple, ast.List, ast.Set, ast.Dict, ast.BinOp, ast.UnaryOp, ast.Subscript, *_FIXED)
_HARMLESS_CALLS = {"getLogger", "get_logger", "TypeVar", "NewType", "namedtuple", "compile", "Path"}
_CLASS_DECORATORS = {"dataclass"}
_FUNCTION_DECORATORS = {"contextmanager", "asynccontextmanager"}
_METHOD_DECORATORS = {"property", "setter", "staticmethod", "classmethod"} | _FUNCTION_DECORATORS
_STORED = re.compile(rb"\.(\w+)\s*[-+*/|&]?=[^=]")
_SETTING = re.compile(rb"\b(setattr|delattr)\(\s*\Z")
_NEAR = 80  # bytes before a name
_SHARING = (ast.Attribute, ast.arguments)
_DEFINING = (ast.Import, ast.ImportFrom, ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)


def shared_state(node: Definition, text: bytes, nodes: Iterable[ast.AST]) -> str:
    """What of a class or function two modules would share and might change; empty if nothing.

    ``nodes`` are all below it.
    """
    for statement in node.body if isinstance(node, ast.ClassDef) else ():
        match statement:
            case ast.Assign(targets=targets, value=value) if not _is_fixed(value):
                return ast.unparse(targets[0])
            case ast.AnnAssign(target=target, value=ast.expr() as value) if not _is_fixed(value):
                return ast.unparse(target)
    for inner in nodes:
        if isinstance(inner, _SHARING) and (state := _state(inner, node)):
            return state
    return _set_upon(node.name, text)


def _set_upon(name: str, text: bytes) -> str:
    """What is stored on a definition anywhere: ``name.x = …``, ``setattr(name, …``; empty if nothing."""
    for offset in word_offsets(text, name):
        if stored := _STORED.match(text, offset + len(name.encode())):
            return stored[1].decode()
        if setting := _SETTING.search(text, max(0, offset - _NEAR), offset):
            return setting[1].decode()
    return ""


def _state(inner: ast.AST, node: Definition) -> str:
    """An attribute that a method stores on the class, or a default that calls share."""
    match inner:
        case ast.Attribute(value=value, attr=name, ctx=ast.Store() | ast.Del()) if _is_class(value, node):
            return name
        case ast.arguments(defaults=plain, kw_defaults=named):
            changing = (d for d in (*plain, *named) if d is not None and not _is_fixed(d))
            return next((f"the default {ast.unparse(d)}" for d in changing), "")
    return ""


def specially_made(node: Definition) -> str:
    """A keyword or decorator that may do more to a definition than its body says; empty if none."""
    if not isinstance(node, ast.ClassDef):
        return _unknown([(decorator, _FUNCTION_DECORATORS) for decorator in node.decorator_list])
    if node.keywords:
        return node.keywords[0].arg or "**"
    methods = [statement for statement in node.body if isinstance(statement, FunctionNode)]
    decorators = [(d, _CLASS_DECORATORS) for d in node.decorator_list]
    decorators += [(d, _METHOD_DECORATORS) for method in methods for d in method.decorator_list]
    return _unknown(decorators)


def _unknown(decorators: Sequence[tuple[ast.expr, set[str]]]) -> str:
    """The first decorator that is not among those known beside it."""
    found = (ast.unparse(d) for d, known in decorators if last_name(_called(d)) not in known)
    return next((f"@{name}" for name in found), "")


def _called(decorator: ast.expr) -> ast.expr:
    return decorator.func if isinstance(decorator, ast.Call) else decorator


def _is_fixed(value: ast.expr) -> bool:
    match value:
        case ast.Tuple(elts=elements):
            return all(_is_fixed(element) for element in elements)
        case ast.UnaryOp(operand=operand):
            return _is_fixed(operand)
        case ast.Call(func=func):
            return last_name(func) == "field"
    return isinstance(value, _FIXED)


def _is_class(value: ast.expr, node: Definition) -> bool:
    match value:
        case ast.Name(id=name):
            return name in ("cls", node.name)
        case ast.Attribute(attr="__class__"):
            return True
        case ast.Call(func=ast.Name(id="type")):
            return True
    return False


@lru_cache(maxsize=1)
def import_effect(tree: ast.Module) -> str:
    """The first thing besides definitions, imports and constants that importing the module does."""
    found = next(_effects(tree.body, tree), None)
    return f"line {found.lineno} ({ast.unparse(found).splitlines()[0][:50]})" if found else ""


def _imported(tree: ast.Module) -> set[str]:
    """Names that the module has from elsewhere, if only where one of two imports succeeds."""
    nodes = (node for node in own_nodes(tree.body) if isinstance(node, ast.Import | ast.ImportFrom))
    return {(alias.asname or alias.name).partition(".")[0] for node in nodes for alias in node.names}


def _changes(target: ast.expr, tree: ast.Module) -> bool:
    """Whether an assignment to ``target`` changes what was imported."""
    inner = target
    while isinstance(inner, ast.Attribute | ast.Subscript):
        inner = inner.value
    return inner is not target and isinstance(inner, ast.Name) and inner.id in _imported(tree)


def _effects(body: Sequence[ast.stmt], tree: ast.Module) -> Iterator[ast.stmt]:
    for statement in body:
        match statement:
            case ast.Assign(targets=targets) if any(_changes(target, tree) for target in targets):
                yield statement
            case ast.Pass() | ast.Expr(value=ast.Constant()) | ast.AnnAssign(value=None):
                pass
            case ast.Assign(value=value) | ast.AnnAssign(value=ast.expr() as value) if _is_constant(value):
                pass
            case ast.If(test=test) if _never_or_only_types(test):
                pass
            case ast.Try(body=body, handlers=handlers) if _falls_back(handlers):
                yield from _effects([*body, *(s for handler in handlers for s in handler.body)], tree)
            case _ if not isinstance(statement, _DEFINING):
                yield statement


def _falls_back(handlers: Sequence[ast.ExceptHandler]) -> bool:
    """Whether a ``try`` only waits for an import that fails."""
    return all(handler.type and last_name(handler.type) in IMPORT_ERRORS for handler in handlers)


def _is_constant(value: ast.expr) -> bool:
    parts = (part for part in subtree(value) if isinstance(part, ast.expr))
    return all(isinstance(p, _CONTAINERS) or _is_harmless(p) for p in parts)


def _is_harmless(part: ast.expr) -> bool:
    return isinstance(part, ast.Call) and last_name(part.func) in _HARMLESS_CALLS


def _never_or_only_types(test: ast.expr) -> bool:
    """``if TYPE_CHECKING`` and ``if __name__ == "__main__"``."""
    if isinstance(test, ast.Compare):
        return last_name(test.left) == "__name__"
    return last_name(test) == "TYPE_CHECKING"
