"""The block of imports that a relative import stands in, as the file has it."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from ssot_migrate.languages.import_order import ImportLine
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.model import Frozen


class Block(Frozen, frozen=True, array_like=True):
    """Imports that fill their lines and have no gap between them; and those above, across one blank line."""

    lines: tuple[ImportLine, ...]
    above: tuple[ImportLine, ...] = ()


def block_of(node: ast.ImportFrom, doc: PythonDocument) -> Block | None:
    """The block of ``node``, if it is of a module's own level and more than one statement stands there."""
    if doc.parent is not doc.tree:
        return None
    body = doc.tree.body
    at = body.index(node)
    own = _adjoining(body, at, doc)
    first = body.index(node) - sum(line.start < doc.starts[node.lineno - 1] for line in own)
    if not own:
        return None
    above = _adjoining(body, first - 1, doc) if first else ()
    gap = doc.text[above[-1].end : own[0].start] if above else b""
    block = Block(own, above if gap in (b"\n", b"\r\n") else ())
    return block if len(block.lines) + len(block.above) > 1 else None


def _adjoining(body: Sequence[ast.stmt], at: int, doc: PythonDocument) -> tuple[ImportLine, ...]:
    """The statements around ``body[at]`` that are imports and follow each other line by line."""
    middle = _line(body[at], doc)
    if middle is None:
        return ()
    found = [middle]
    for before in reversed(body[:at]):
        line = _line(before, doc)
        if line is None or line.end != found[0].start:
            break
        found.insert(0, line)
    for after in body[at + 1 :]:
        line = _line(after, doc)
        if line is None or line.start != found[-1].end:
            break
        found.append(line)
    return tuple(found)


def _line(node: ast.stmt, doc: PythonDocument) -> ImportLine | None:
    """``node`` as a line of its own; None where it is none, or has company."""
    if not isinstance(node, ast.Import | ast.ImportFrom) or not node.end_lineno:
        return None
    if isinstance(node, ast.Import) and len(node.names) > 1:
        return None
    start = doc.starts[node.lineno - 1]
    end = doc.starts[node.end_lineno] if node.end_lineno < len(doc.starts) else len(doc.text)
    rest = doc.text[doc.span(node).end : end]
    if doc.text[start : doc.span(node).start] or rest.partition(b"#")[0].strip() or not rest.endswith(b"\n"):
        return None
    straight = isinstance(node, ast.Import)
    module = node.names[0].name if isinstance(node, ast.Import) else node.module or ""
    level = node.level if isinstance(node, ast.ImportFrom) else 0
    return ImportLine(start, end, straight, level, module, b"#" in doc.text[start:end])
