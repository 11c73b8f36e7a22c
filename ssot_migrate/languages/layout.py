"""Where imports stand in a module, remembered so that a later edit need not parse it again."""

from __future__ import annotations

import ast
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from operator import attrgetter

import msgspec

from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.scopes import imported
from ssot_migrate.languages.words import word_offsets
from ssot_migrate.model import Frozen


class ImportStatement(Frozen, frozen=True, array_like=True):
    """An import: its bytes, the local names it binds with their objects, and how it may be edited.

    ``top`` is a plain statement of the module's body; ``alone`` means that no other
    statement shares its lines, that its block holds another statement as well, and that it
    gives no class an attribute.
    """

    start: int
    end: int
    names: tuple[tuple[str, str], ...]
    module: str
    top: bool
    alone: bool
    future: bool = False


class Layout(Frozen, frozen=True, array_like=True):
    """The head of a module: byte offsets on the UTF-8 text.

    ``body`` is where the first statement after docstring and ``__future__`` may stand,
    ``definitions`` the first class or function (or the end), ``path_setup`` ends of
    top-level statements that touch ``sys.path``.
    """

    body: int
    definitions: int
    imports: tuple[ImportStatement, ...]
    path_setup: tuple[int, ...] = ()
    exported: tuple[str, ...] = ()


def layout(doc: PythonDocument) -> Layout:
    """The layout of a parsed module."""
    body = doc.tree.body
    definitions = next((_start(doc, s) for s in body if isinstance(s, _DEFINITIONS)), len(doc.text))
    return Layout(
        body=_body_offset(doc),
        definitions=definitions,
        imports=tuple(sorted(_imports(doc), key=_START)),
        path_setup=tuple(doc.span(s).end for s in body if _touches_sys_path(s, doc)),
        exported=tuple(_exported(body)),
    )


_START = attrgetter("start")
_DEFINITIONS = (ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def _start(doc: PythonDocument, node: ast.stmt) -> int:
    decorators = getattr(node, "decorator_list", None)
    if decorators:
        return doc.text.rfind(b"@", 0, doc.span(decorators[0]).start)
    return doc.span(node).start


def _body_offset(doc: PythonDocument) -> int:
    """After the line of the docstring or the last ``__future__`` import; else the first statement."""
    last: ast.stmt | None = None
    for index, statement in enumerate(doc.tree.body):
        match statement:
            case ast.Expr(value=ast.Constant(value=str())) if index == 0:
                last = statement
            case ast.ImportFrom(module="__future__"):
                last = statement
            case _:
                break
    if last is not None:
        return doc.starts[min(last.end_lineno or 1, len(doc.starts) - 1)]
    if doc.tree.body:
        return doc.starts[_first_line(doc.tree.body[0]) - 1]
    return len(doc.text)


def _first_line(node: ast.stmt) -> int:
    decorators = getattr(node, "decorator_list", None)
    return decorators[0].lineno if decorators else node.lineno


def _imports(doc: PythonDocument) -> Iterator[ImportStatement]:
    lines = sorted({bisect_right(doc.starts, offset) for offset in word_offsets(doc.text, b"import")})
    yield from _imports_of(doc, doc.tree.body, lines, top=True)


def _imports_of(
    doc: PythonDocument, body: list[ast.stmt], lines: Sequence[int], top: bool, in_class: bool = False
) -> Iterator[ImportStatement]:
    """The imports of a block and of those within it; only what spans one of ``lines`` is looked at."""
    for index, statement in enumerate(body):
        if isinstance(statement, ast.Import | ast.ImportFrom):
            found = _import(doc, statement, body, index, top)
            yield msgspec.structs.replace(found, alone=False) if in_class else found
        elif isinstance(statement, _COMPOUND) and _spans(statement, lines):
            for nested in _blocks(statement):
                yield from _imports_of(doc, nested, lines, False, _in_class(statement, in_class))


def _in_class(statement: ast.stmt, outside: bool) -> bool:
    """Whether what the blocks of ``statement`` bind becomes an attribute of a class."""
    function = isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef)
    return isinstance(statement, ast.ClassDef) or (outside and not function)


def _spans(statement: ast.stmt, lines: Sequence[int]) -> bool:
    index = bisect_left(lines, statement.lineno)
    return index < len(lines) and lines[index] <= (statement.end_lineno or statement.lineno)


def _import(
    doc: PythonDocument, statement: ast.Import | ast.ImportFrom, body: list[ast.stmt], index: int, top: bool
) -> ImportStatement:
    before = body[index - 1].end_lineno if index else 0
    after = body[index + 1].lineno if index + 1 < len(body) else 0
    shared = before == statement.lineno or after == statement.end_lineno
    span = doc.span(statement)
    module = (statement.module or "") if isinstance(statement, ast.ImportFrom) and not statement.level else ""
    return ImportStatement(
        span.start, span.end, tuple(imported(statement, doc.package)), module,
        top, not shared and (top or len(body) > 1), module == "__future__",
    )  # fmt: skip


_COMPOUND = (
    *(ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef),
    *(ast.If, ast.For, ast.AsyncFor, ast.While, ast.With, ast.AsyncWith),
    *(ast.Try, ast.TryStar, ast.Match),
)


def _blocks(statement: ast.stmt) -> Iterator[list[ast.stmt]]:
    for field in ("body", "orelse", "finalbody"):
        if block := getattr(statement, field, None):
            yield block
    for part in (*getattr(statement, "handlers", ()), *getattr(statement, "cases", ())):
        yield part.body


def _touches_sys_path(statement: ast.stmt, doc: PythonDocument) -> bool:
    if isinstance(statement, (*_DEFINITIONS, ast.Import, ast.ImportFrom)):
        return False
    return b"sys.path" in doc.span(statement).slice(doc.text)


def _exported(body: list[ast.stmt]) -> Iterator[str]:
    for statement in body:
        match statement:
            case ast.Assign(targets=[ast.Name(id="__all__")]) | ast.AugAssign(target=ast.Name(id="__all__")):
                for node in ast.walk(statement.value):
                    if isinstance(node, ast.Constant) and isinstance(node.value, str):
                        yield node.value
