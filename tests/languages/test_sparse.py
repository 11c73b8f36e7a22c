"""Text without function bodies: what is left must read as it does in the whole text."""

from __future__ import annotations

import ast
import random
import sysconfig
from collections.abc import Sequence
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
    """The tree of the whole text, with the bodies replaced that the outline leaves out: all but imports."""
    starts = line_starts(text)
    blank = list(outline.blank)
    tree = ast.parse(text)
    for node in list(ast.walk(tree)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            end = starts[(node.end_lineno or 0) - 1] + (node.end_col_offset or 0)
            own = [span for span in blank if starts[node.lineno - 1] < span.start and span.end <= end]
            if own and own[-1].end == end:
                blank = [span for span in blank if span not in own]
                kept = imports_kept(node, own, starts)
                node.body = [*kept, stand_in(node, kept[0].col_offset if kept else -1)]
    assert not blank, "a span that is no function's body"
    return tree


def imports_kept(function: ast.AST, blank: list[Span], starts: Sequence[int]) -> list[ast.stmt]:
    """The imports of a function that are in none of the spans, line by line."""
    found = [node for node in ast.walk(function) if isinstance(node, ast.Import | ast.ImportFrom)]
    kept = [node for node in found if not any(s.start <= starts[node.lineno - 1] < s.end for s in blank)]
    return sorted(kept, key=lambda node: node.lineno)


def stand_in(function: ast.stmt, column: int) -> ast.Expr:
    """What stands for a body at its last byte: a number, or a tuple from the ``column`` of imports on."""
    line, end = function.end_lineno or 0, function.end_col_offset or 0
    value: ast.expr = ast.Tuple([], ast.Load())
    if column < 0 or end == column + 1:
        value, column = ast.Constant(0), end - 1
    made = ast.Expr(value)
    for node in (value, made):
        node.lineno = node.end_lineno = line
        node.col_offset, node.end_col_offset = column, end
    return made


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


@pytest.mark.parametrize(
    "body",
    [
        "    alpha = 1\n    import os\n    beta = 2\n",
        "    import os  # why\n    from a.b import c as d\n    beta = 2\n\n    import g\n    # of\n    x\n",
        "    if a:\n        from b import c\n\n        c()\n    return beta()\n",
        "    try:\n        import a\n        beta\n    except:\n        import c\n        d()\n    easy()\n",
        "    import a\n    beta = (\n        1)\n",
    ],
)
def test_imports_stay_where_all_else_of_a_body_goes(body: str) -> None:
    """On their lines and in their column; what the function ends with is a constant in that column."""
    text = f"def one():\n{body}\nLAST = 1\n".encode()
    outline = outlined(text, [])
    assert outline is not None
    assert b"beta" not in outline.text
    assert outline.text.count(b"import") == text.count(b"import")
    assert check(text, [])


@pytest.mark.parametrize(
    "body",
    [
        "    try:\n        import a\n    except ImportError:\n        beta = 1\n    return 1\n",
        "    import a\n    if a:\n        import b\n        b()\n    beta = 1\n",
        "    import a; beta = 1\n    return 1\n",
        "    from a import (\n        b)\n    beta = 1\n",
        "    beta = 1\n    import a\n",
        "    if a:\n        import b\n        beta()\n    b\n",
    ],
)
def test_imports_keep_a_body_that_says_more_of_them(body: str) -> None:
    """Alone in a block, in several columns, with others on a line, over lines, last, without room."""
    assert outlined(f"def one():\n{body}".encode(), []) is None


def test_a_string_imports_nothing() -> None:
    """Its lines may read like it."""
    text = b'def one():\n    """Text\n    from here on\n    import this\n    """\n    beta = 1\n'
    outline = outlined(text, [])
    assert outline is not None
    assert b"import" not in outline.text
    assert check(text, [])


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
