"""Whole tests that stand in comments: nobody runs them, and nobody took them out."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from textwrap import dedent

from ssot_migrate.edits import Span
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.model import Site

COMMENTED = "commented-out"
# A mark such as "REMOVED:" may stand between the sign and the code, on each line of the test.
HEAD = re.compile(
    rb"^(?P<margin>[ \t]*#[ \t]*?(?P<mark>[A-Z][A-Z_ ]{2,40}:)?)"
    rb"(?P<code>[ \t]*(?:async[ \t]+)?def[ \t]+(?P<name>test\w*)\()",
    re.MULTILINE,
)


def commented_out(rule: str, doc: PythonDocument) -> Iterator[Site]:
    """The sites of tests in comments that would be functions if the signs were taken away."""
    strings: list[Span] | None = None
    for found in HEAD.finditer(doc.text):
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
    sign = found["margin"].strip()
    code = []
    for line in text[found.start() :].splitlines():
        if not line.strip().startswith(sign.rstrip()):
            break
        code.append(line.strip().removeprefix(sign).decode("utf-8", "replace"))
    return any(_parses(code[:count]) for count in range(len(code), 1, -1))


def _parses(lines: list[str]) -> bool:
    try:
        body = ast.parse(dedent("\n".join(lines))).body
    except (SyntaxError, ValueError):
        return False
    return bool(body) and isinstance(body[0], ast.FunctionDef | ast.AsyncFunctionDef)


def _long_strings(doc: PythonDocument) -> Iterator[Span]:
    """Strings that reach over several lines."""
    for node in ast.walk(doc.tree):
        if isinstance(node, ast.Constant | ast.JoinedStr) and node.end_lineno != node.lineno:
            yield doc.span(node)
