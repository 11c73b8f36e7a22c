"""Text without function bodies: what is left must read as it does in the whole text."""

from __future__ import annotations

import ast
import random
import sysconfig
from pathlib import Path

import pytest

from ssot_migrate.edits import Span
from ssot_migrate.languages.blocks import class_blocks, functions
from ssot_migrate.languages.decoding import line_starts
from ssot_migrate.languages.sparse import Outline, outlined

NASTY = b'''import os
def one(a, b="):", *, c={1: "x"}):  # a comment with """ in it
    """def inside():
        a docstring"""
    return (a
+ b)

class Case(Base):
    def test_it(self):
        text = """
# not a comment
def nor_this():
    pass
"""
        self.check(b\'\'\'<a>&#1;</a>\'\'\')  # a comment
# less indented
        self.last();

    async def two(self) -> dict[str, int]: return {}

    @decorated(
        "x",
    )
    async def three(
        self, other=lambda: 0
    ) -> None:
        s = "a \\
    def fake():\\
"
        await other(s)
        # the end
LAST = 1
'''


def bodies_left_out(text: bytes, outline: Outline) -> ast.Module:
    """The tree of the whole text, with the bodies replaced that the outline leaves out."""
    starts = line_starts(text)
    blank = {span.end: span for span in outline.blank}
    tree = ast.parse(text)
    for node in list(ast.walk(tree)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            line, column = node.end_lineno or 0, node.end_col_offset or 0
            span = blank.get(starts[line - 1] + column)
            if span and starts[node.lineno - 1] < span.start <= starts[node.body[0].lineno - 1]:
                del blank[span.end]
                zero = ast.Expr(ast.Constant(0))
                for part in (zero, zero.value):
                    part.lineno = part.end_lineno = line
                    part.col_offset, part.end_col_offset = column - 1, column
                node.body = [zero]
    assert not blank, "a span that is no function's body"
    return tree


def check(text: bytes, offsets: list[int]) -> bool:
    """Compare the two trees, places and all; False where there is nothing to compare."""
    outline = outlined(text, offsets)
    if outline is None:
        return False
    try:
        left = ast.parse(outline.text)
    except SyntaxError:
        return False  # then the scan reads the file whole
    whole = bodies_left_out(text, outline)
    assert ast.dump(left, include_attributes=True) == ast.dump(whole, include_attributes=True)
    return True


@pytest.mark.parametrize("newline", [b"\n", b"\r\n"])
def test_strings_comments_and_headers_are_read_as_python_reads_them(newline: bytes) -> None:
    """Quotes in comments, heads in strings and less indented lines deceive nobody."""
    text = NASTY.replace(b"(a\n+ b)", b"a").replace(b"\n", newline)
    assert check(text, [])


def test_a_function_that_is_asked_for_stays() -> None:
    """An offset in a body, its head or its decorators keeps the body."""
    text = b"@dec\ndef one():\n    alpha = 1\n\ndef two():\n    beta = 2\n"
    for word, left in ((b"dec", b"beta"), (b"alpha", b"beta"), (b"beta", b"alpha")):
        outline = outlined(text, [text.index(word)])
        assert outline is not None
        assert left not in outline.text
        assert outline.text.count(b"\n") == text.count(b"\n")


@pytest.mark.parametrize(
    "line",
    ["import os", "from a import b", "from a import (b)", f"if a:\n{' ' * 200}import os", "c = (d := 1)"],
)
def test_imports_and_walrus_keep_a_function(line: str) -> None:
    """However far they are indented; the word alone, in a comment or a string, does not."""
    text = f"def one():\n    {line}\n\ndef two():\n    beta = 'x import y from z'  # import it from there\n"
    outline = outlined(text.encode(), [])
    assert outline is not None
    assert line.encode() in outline.text
    assert b"beta" not in outline.text


def test_what_stands_in_a_head_may_leave_the_body_out() -> None:
    """Offsets of those who look inside count in the body alone; a span keeps all that it touches."""
    text = b"@dec\ndef one(a=alpha):\n    beta = 1\n\ndef two():\n    gamma = 2\n"

    def left(*inside: bytes, spans: list[Span] | None = None) -> bytes:
        outline = outlined(text, [], spans or [], [text.index(word) for word in inside])
        return outline.text if outline else text

    assert b"beta" not in left(b"dec", b"alpha")
    assert b"beta" in left(b"beta")
    assert b"gamma" not in left(b"beta")
    start = text.index(b"gamma")
    assert b"gamma" in left(spans=[Span(0, 1), Span(start, start + 1), Span(start - 1, start + 9)])
    assert b"gamma" not in left(spans=[Span(0, 20), Span(5, 25)])


@pytest.mark.parametrize(
    "text",
    [b"def one():\n\treturn 1\n", b"def one():\r    x\r", b"def one():\n    x = 1 \\\n+ 2\n", b"x = 1\n"],
)
def test_doubtful_text_is_given_whole(text: bytes) -> None:
    """Tabs, old line ends and a continued line that is less indented are left to the parser."""
    assert outlined(text, []) is None


def test_doubt_about_functions_is_none_about_their_class() -> None:
    """A line that goes on less indented than its function leaves the class told, and no function."""
    text = b"class A(B):\n    def one(self):\n        x = 1 \\\n  + 2\n"
    assert functions(text) == ()
    assert [name for name, _ in class_blocks(text)] == ["A"]
    assert outlined(text, []) is None


def test_class_statements_are_found_with_their_blocks() -> None:
    """Class statements outside of strings, nested ones too."""
    text = b'"""\nclass No:\n"""\nclass A:\n    class B:\n        x = 1\n\n    y = 2\nz = 3\n'
    found = [(name, span.slice(text).strip()[-5:]) for name, span in class_blocks(text)]
    assert found == [("A", b"y = 2"), ("B", b"x = 1")]


def check_many(paths: list[Path]) -> int:
    """How many of these files were compared."""
    compared = 0
    for path in paths:
        text = path.read_bytes()
        some = random.Random(len(text))  # noqa: S311 - any choice will do, the same in every run
        try:
            ast.parse(text)
        except (SyntaxError, ValueError):
            continue
        for count in (0, 5):
            compared += check(text, [some.randrange(len(text) + 1) for _ in range(count)])
    return compared


def standard_library() -> list[Path]:
    """Real code of many hands."""
    return sorted(Path(sysconfig.get_paths()["stdlib"]).glob("*.py"))


def test_real_code_is_read_alike() -> None:
    """A part of the standard library."""
    assert check_many(standard_library()[::8]) > 10


@pytest.mark.heavy
def test_all_of_the_standard_library_is_read_alike() -> None:
    """The whole of it, its tests too."""
    top = Path(sysconfig.get_paths()["stdlib"])
    paths = [path for path in top.rglob("*.py") if not {"lib2to3", "site-packages"} & set(path.parts)]
    assert check_many(paths) > 500
