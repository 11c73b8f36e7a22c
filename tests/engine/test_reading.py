"""Files that cannot be read as they are: each becomes a problem with its reason, or is read all the same."""

from __future__ import annotations

import ast
import sys

import pytest

from ssot_migrate.engine.reading import read_python
from ssot_migrate.findings import Problem
from ssot_migrate.languages.masks import masked
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.model import FileKind, Source


def source(data: bytes) -> Source:
    """A Python file of these bytes."""
    return Source("pkg/module.py", data, "0" * 40, FileKind.PYTHON)


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"a = 1\0", "NUL"),
        (b"print 'python 2'\n", "print"),
        (b"def f(:\n", "syntax"),
        (b"name = '\xe9'\n", "decoded"),
        (b"# coding: no-such-codec\n", "decoded"),
        (b"a = " + b"(" * 2000 + b")" * 2000 + b"\n", "nested"),
        (b"a = " + b"-" * 200_000 + b"1\n", ""),
        (b"a = 1" + b" + 1" * 100_000 + b"\n", ""),
        (b"a = t'{b}' t'{c}'\n", "libcst cannot read it either"),
    ],
    ids=["nul", "python2", "broken", "latin1", "codec", "parentheses", "unary", "sum", "joined-t-strings"],
)
def test_unreadable_files_are_problems(data: bytes, reason: str) -> None:
    """No exception leaves the reader; the problem names the file and says why."""
    found = read_python(source(data))

    if isinstance(found, PythonDocument):
        assert reason == ""
    else:
        assert found.path == "pkg/module.py"
        assert reason.lower() in found.message.lower()


@pytest.mark.parametrize(
    "data",
    [
        b"\xef\xbb\xbfa = 1\n",
        b"# -*- coding: latin-1 -*-\nname = '\xe9'; a = 1\n",
        b"a = 1\r\nb = 2\r\n",
        b"x = '\x0c'\n\x0ca = 1\n",
        b"",
    ],
    ids=["bom", "cookie", "crlf", "formfeed", "empty"],
)
def test_unusual_files_are_read(data: bytes) -> None:
    """Spans name the right bytes whatever encoding and line ends a file has."""
    found = read_python(source(data))

    assert isinstance(found, PythonDocument)
    for node in ast.walk(found.tree):
        if isinstance(node, ast.Name):
            assert found.span(node).slice(found.text).decode() == node.id


NEWER = b"""import os
type Pair[T] = tuple[T, T]
class Box[T: (int, str)]:
    def get[U](self, other: U) -> U:
        return other
first = f"{os.environ["A"]}{first!r:>{width}}" "tail" f'{x:{"y"}}'
rest = [f"{a}{b}" for a, b in pairs]
deep = f"{', '.join(f"{one["k"]}" for one in (f"{two!r}" 'x', "["))}"
"""


def test_newer_syntax_is_masked_in_place() -> None:
    """Every name of the masked text stands where it stands in the real one."""
    tree = ast.parse(masked(NEWER))

    lines = NEWER.splitlines()
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    assert {"os", "width", "x", "a", "b", "pairs", "other", "one", "two"} <= {node.id for node in names}
    for node in names:
        assert lines[node.lineno - 1][node.col_offset :].startswith(node.id.encode())


@pytest.mark.skipif(sys.version_info >= (3, 12), reason="this Python reads the syntax itself")
def test_newer_syntax_reaches_the_rules() -> None:
    """On an older Python a file of newer syntax is a document, not a problem."""
    assert isinstance(read_python(source(NEWER)), PythonDocument)


def test_what_libcst_cannot_read_either_is_said() -> None:
    """The reason of a broken file names both parsers' verdicts."""
    found = read_python(source(b"def broken(:\n"))

    assert isinstance(found, Problem)
    assert "libcst" in found.message
