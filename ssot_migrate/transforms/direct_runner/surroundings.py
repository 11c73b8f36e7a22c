"""Where a call stands: under the main guard or not, what becomes of its value, what can be imported there."""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator

from ssot_migrate.languages.names import spelled
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.transforms.direct_runner.folders import place_of

_SCOPES = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef, ast.Lambda)


def is_main_guard(node: ast.AST) -> bool:
    """Whether ``node`` is ``if __name__ == "__main__":``."""
    match node:
        case ast.If(test=ast.Compare(left=left, ops=[ast.Eq()], comparators=[right])):
            sides = {spelled(left), spelled(right)}
            return sides == {"__name__", "'__main__'"}
    return False


def guarded(doc: PythonDocument) -> bool:
    """Whether the current node stands in the body of the main guard."""
    pairs = zip(doc.stack, doc.stack[1:], strict=False)
    return any(
        is_main_guard(above) and below in above.body for above, below in pairs if isinstance(above, ast.If)
    )


def in_test(doc: PythonDocument) -> bool:
    """Whether the current node runs as part of a test or a fixture."""
    functions = [scope for scope in doc.scopes if isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef)]
    return any(
        (function.name.startswith("test") and is_test_file(doc.source.path))
        or any("fixture" in spelled(decorator) for decorator in function.decorator_list)
        for function in functions
    )


def statement(doc: PythonDocument) -> ast.stmt:
    """The innermost statement that holds the current node."""
    return next(node for node in reversed(doc.stack) if isinstance(node, ast.stmt))


def fills_line(node: ast.stmt, doc: PythonDocument) -> bool:
    """Whether nothing but indentation stands before ``node`` on its line."""
    span = doc.span(node)
    return not doc.text[doc.starts[node.lineno - 1] : span.start].strip()


def import_path(doc: PythonDocument) -> list[str]:
    """Folders that the file puts on ``sys.path`` before the current node, from the root; ``?`` if unknown."""
    if b"sys.path" not in doc.text:
        return []
    limit = statement(doc).lineno
    found: list[str] = []
    for body in (
        doc.tree.body,
        *([doc.scopes[-1].body] if isinstance(doc.scopes[-1], ast.FunctionDef) else []),
    ):
        for node in _run_before(body, limit):
            match node:
                case ast.Call(func=ast.Attribute(attr="insert" | "append" as how, value=on), args=args) if (
                    args
                ):
                    if spelled(on) == "sys.path":
                        place = place_of(args[-1], doc)
                        found.insert(0 if how == "insert" else len(found), "?" if place is None else place)
    return found


def _run_before(body: list[ast.stmt], limit: int) -> Iterator[ast.AST]:
    """What surely ran before line ``limit``: plain statements, and what is done if a path is missing."""
    for node in body:
        if node.lineno >= limit or isinstance(node, _SCOPES):
            continue
        if isinstance(node, ast.Expr):
            yield node.value
        elif isinstance(node, ast.If) and (is_main_guard(node) or "sys.path" in spelled(node.test)):
            yield from _run_before(node.body, limit)


def imported_before(doc: PythonDocument) -> list[str]:
    """Absolute modules, other than Python's own, that the module imports unconditionally at its top."""
    names: list[str] = []
    for node in doc.tree.body:
        if isinstance(node, ast.ImportFrom) and not node.level and node.module:
            names.append(node.module)
        elif isinstance(node, ast.Import):
            names += [alias.name for alias in node.names]
    return sorted({name for name in names if name.partition(".")[0] not in sys.stdlib_module_names})


def is_test_file(path: str) -> bool:
    """Whether pytest takes a file of this name for one of tests."""
    name = path.rpartition("/")[2]
    return (
        (name.startswith("test_") and name.endswith(".py"))
        or name.endswith("_test.py")
        or name == "conftest.py"
    )
