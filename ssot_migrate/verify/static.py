"""What the source of a test file says of its tests, whether they can run or not: counted on the tree."""

from __future__ import annotations

import ast
from collections import Counter
from collections.abc import Iterator, Mapping

from ssot_migrate.verify.model import Difference

_RAISES = frozenset(
    {
        *("raises", "warns", "deprecated_call", "assertRaises", "assertRaisesRegex"),
        *("assertWarns", "assertWarnsRegex", "assertLogs", "assertNoLogs"),
    }
)
_Function = ast.FunctionDef | ast.AsyncFunctionDef
Counts = Mapping[str, int]


def counts(path: str, data: bytes) -> dict[str, Counts] | None:
    """By test (``path::Class::test``), how many ``assertions``, ``raises`` and marks; None if unreadable.

    A mark counts as ``marker NAME``, and one that parametrises by its values, too.
    """
    try:
        tree = ast.parse(data)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    return {name: _counts(function, marks) for name, function, marks in _tests(tree, path, [])}


def compare_counts(before: Mapping[str, Counts], after: Mapping[str, Counts]) -> Iterator[Difference]:
    """What a test has less of, and tests that are gone."""
    for test, had in before.items():
        has = after.get(test)
        if has is None:
            yield Difference(test, "defined", "yes", "no")
            continue
        for what, number in had.items():
            if has.get(what, 0) < number:
                yield Difference(test, what, str(number), str(has.get(what, 0)))


def _tests(
    node: ast.Module | ast.ClassDef, prefix: str, marks: list[ast.expr]
) -> Iterator[tuple[str, _Function, list[ast.expr]]]:
    for child in node.body:
        if isinstance(child, ast.ClassDef):
            yield from _tests(child, f"{prefix}::{child.name}", [*marks, *child.decorator_list])
        elif isinstance(child, _Function) and child.name.startswith("test"):
            yield f"{prefix}::{child.name}", child, [*marks, *child.decorator_list]


def _counts(function: _Function, marks: list[ast.expr]) -> Counts:
    found: Counter[str] = Counter(assertions=0, raises=0)
    for node in ast.walk(function):
        if isinstance(node, ast.Assert):
            found["assertions"] += 1
        elif isinstance(node, ast.Call):
            name = _name(node.func).rpartition(".")[2]
            if name in _RAISES:
                found["raises"] += 1
            elif name.lower().startswith("assert") or name == "fail":
                found["assertions"] += 1
    for mark in marks:
        found.update(dict(_mark(mark)))
    return found


def _mark(mark: ast.expr) -> Iterator[tuple[str, int]]:
    call = mark.func if isinstance(mark, ast.Call) else mark
    head, _, name = _name(call).rpartition(".")
    if head in ("pytest.mark", "mark"):
        yield f"marker {name}", 1
        if name == "parametrize" and isinstance(mark, ast.Call) and len(mark.args) > 1:
            values = mark.args[1]
            if isinstance(values, ast.List | ast.Tuple | ast.Set):
                yield "parametrised values", len(values.elts)


def _name(node: ast.expr) -> str:
    parts: list[str] = []
    while isinstance(node, ast.Attribute):
        parts.append(node.attr)
        node = node.value
    return ".".join(reversed([*parts, node.id if isinstance(node, ast.Name) else "?"]))
