"""What a file says of itself before its code begins: that a program writes it, or that it is one."""

from __future__ import annotations

import ast
import re

from ssot_migrate.languages.python import PythonDocument

_GENERATED = re.compile(rb"@generated\b|\bdo not (?:edit|modify)\b", re.IGNORECASE)
_LOADS = re.compile(rb"[lL]oader(?:\(\))?\.(?:loadTestsFrom(?:Module|Names?)|discover)\b")
_COMMENTS = re.compile(rb"(?:[ \t]*(?:#[^\r\n]*)?(?:\r\n|\r|\n))*")


def is_generated(doc: PythonDocument) -> bool:
    """Whether the comments and the docstring at the head of a module forbid editing it."""
    return bool(_GENERATED.search(doc.text, 0, _code_starts(doc)))


def is_generated_text(data: bytes) -> bool:
    """Whether the comment lines at the head of a file that is not Python forbid editing it."""
    head = _COMMENTS.match(data)
    return bool(head and _GENERATED.search(data, 0, head.end()))


def is_script(data: bytes) -> bool:
    """Whether a module may be started by its path: it names ``__main__`` or an interpreter."""
    return data.startswith(b"#!") or data.rfind(b"__main__") >= 0  # mostly near the end


def loads_tests(data: bytes) -> bool:
    """Whether a module loads tests of other modules, as programs that unittest's loader serves do."""
    return b"oader" in data and bool(_LOADS.search(data))


def _code_starts(doc: PythonDocument) -> int:
    for statement in doc.tree.body:
        if not _is_docstring(statement):
            return doc.span(statement).start
    return len(doc.text)


def _is_docstring(statement: ast.stmt) -> bool:
    return isinstance(statement, ast.Expr) and isinstance(statement.value, ast.Constant)
