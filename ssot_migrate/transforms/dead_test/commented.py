"""Whole tests that stand in comments: nobody runs them, and nobody took them out."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ssot_migrate.edits import Span
from ssot_migrate.languages.nodes import subtree
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.model import Site

COMMENTED = "commented-out"
# A mark such as "REMOVED:" may stand between the sign and the code, on each line of the test.
_HEAD = re.compile(
    rb"^(?P<margin>[ \t]*#[ \t]*?(?P<mark>[A-Z][A-Z_ ]{2,40}:)?)"
    rb"(?P<code>[ \t]*(?:async[ \t]+)?def[ \t]+(?P<name>test\w*)\()",
    re.MULTILINE,
)
_DEFINED = re.compile(rb"def[ \t]+test\w*\(")
_LINE = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n|\Z)")


def heads(data: bytes) -> Iterator[re.Match[bytes]]:
    """Lines of comments that may open a test."""
    for found in _DEFINED.finditer(data):
        line = data.rfind(b"\n", 0, found.start()) + 1
        if b"#" in data[line : found.start()] and (head := _HEAD.match(data, line)):
            yield head


def commented_out(rule: str, doc: PythonDocument) -> Iterator[Site]:
    """The sites of tests in comments that would be functions if the signs were taken away."""
    strings: list[Span] | None = None
    for found in heads(doc.text):
        if not _is_function(found, doc.text):
            continue
        strings = strings if strings is not None else list(_long_strings(doc))
        if not any(span.start < found.start() < span.end for span in strings):
            yield _site(rule, found, doc)


def _site(rule: str, found: re.Match[bytes], doc: PythonDocument) -> Site:
    name = found["name"].decode("utf-8")
    why = f"{name} stands in a comment and does not run: bring it back, or delete it, since git keeps it"
    line = doc.text.count(b"\n", 0, found.start()) + 1
    span = Span(found.start("code"), found.end())
    return Site(rule, COMMENTED, doc.source.path, span, line, facts={"why": why, "name": name})


def _is_function(found: re.Match[bytes], text: bytes) -> bool:
    """Whether the comment lines from here on, without their signs, hold a function with a body."""
    lines = list(_uncommented(found, text))
    count = len(lines)
    while count > 1:
        try:
            body = ast.parse("\n".join(lines[:count])).body
        except (SyntaxError, ValueError) as error:
            # What is wrong in a line stays wrong, whatever comes or does not come behind it.
            count = min(count - 1, getattr(error, "lineno", 0) or count)
        else:
            return bool(body) and isinstance(body[0], ast.FunctionDef | ast.AsyncFunctionDef)
    return False


def _uncommented(found: re.Match[bytes], text: bytes) -> Iterator[str]:
    """The comment's lines without signs and margin, as far as none is further left than the first."""
    sign = found["margin"].strip()
    margin: str | None = None
    for raw in _LINE.finditer(text, found.start()):
        line = raw[0].strip()
        if not line.startswith(sign):
            return
        code = line.removeprefix(sign).decode("utf-8", "replace")
        if margin is None:
            margin = code[: len(code) - len(code.lstrip(" \t"))]
        elif code.strip(" \t") and not code.startswith(margin):
            return
        yield code.removeprefix(margin) if code.strip(" \t") else ""


def _long_strings(doc: PythonDocument) -> Iterator[Span]:
    """Strings that reach over several lines."""
    for node in subtree(doc.tree):
        if isinstance(node, ast.Constant | ast.JoinedStr) and node.end_lineno != node.lineno:
            yield doc.span(node)
