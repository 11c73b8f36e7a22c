"""Uses of a name in text that is code all the same: quoted annotations, doctests, type comments, ``exec``."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator, Sequence

from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.scopes import FunctionNode

_RUNS = re.compile(rb"\b(?:exec|eval|globals|locals|vars)[ \t]*\(")
_TYPED = re.compile(rb"#[ \t]*type:(?![ \t]*ignore)")
_TAKES_CODE = frozenset({"cast", "TypeVar", "NewType", "ForwardRef", "exec", "eval", "compile"})
_NAMESPACES = frozenset({"globals", "locals", "vars"})
_FOLLOWING = (b".", b"'", b'"', b"]")


def quoted_use(text: bytes, name: str, offsets: Sequence[int], parse: Callable[[], ast.Module]) -> bool:
    """Whether ``name`` at one of ``offsets``, where no code stands, is used by code that is quoted there."""
    if any(_is_shown_code(text, offset) for offset in offsets):
        return True
    runs = _RUNS.search(text) is not None
    length = len(name.encode())
    near = any(runs or text[at + length : at + length + 1] in _FOLLOWING for at in offsets)
    return near and any(_means(code, name) for code in _quoted(parse()))


def holds_doctest(test: FunctionNode, doc: PythonDocument) -> bool:
    """Whether a function shows code that doctest runs."""
    return b">>> " in doc.span(test).slice(doc.text)


def _is_shown_code(text: bytes, offset: int) -> bool:
    """Whether the line is one of a doctest, or tells a type in a comment."""
    line = text[text.rfind(b"\n", 0, offset) + 1 : offset]
    return line.lstrip().startswith((b">>> ", b"... ")) or _TYPED.search(line) is not None


def _quoted(tree: ast.Module) -> Iterator[str]:
    """The strings of a module that are read as code."""
    for node in ast.walk(tree):
        match node:
            case ast.arg(annotation=ast.expr() as held) | ast.AnnAssign(annotation=held):
                yield from _strings(held)
            case (
                ast.FunctionDef(returns=ast.expr() as held) | ast.AsyncFunctionDef(returns=ast.expr() as held)
            ):
                yield from _strings(held)
            case ast.Call(func=ast.Name(id=called) | ast.Attribute(attr=called)) if called in _TAKES_CODE:
                yield from (text for argument in node.args for text in _strings(argument))
            case ast.Subscript(value=ast.Call(func=ast.Name(id=called)), slice=held) if called in _NAMESPACES:
                yield from _strings(held)
            case ast.Subscript(slice=held):
                yield from (text for text in _strings(held) if "." in text)


def _strings(node: ast.expr) -> Iterator[str]:
    constants = (each.value for each in ast.walk(node) if isinstance(each, ast.Constant))
    return (value for value in constants if isinstance(value, str))


def _means(code: str, name: str) -> bool:
    """Whether the text uses ``name``, be it an expression or more than that."""
    try:
        nodes = ast.walk(ast.parse(code.strip()))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return re.search(rf"\b{re.escape(name)}\b", code) is not None
    return any(isinstance(node, ast.Name) and node.id == name for node in nodes)
