"""The outline of a file, from its bytes."""

from __future__ import annotations

import ast

from hypothesis import given, strategies

from ssot_migrate.languages.outline import outline

TEXT = b"""\xef\xbb\xbfdef first():
    class Inner:
\tasync  def method(self): ...
    return 1

class Second: pass
undef = 1; x = "def not_one"
    # def comment():
"""


def test_blocks_know_what_is_around_them() -> None:
    """Kinds, names and nesting are those of the lines, tabs and a byte order mark included."""
    found = [(block.name, block.is_async, block.above) for block in outline(TEXT)]
    assert found == [
        (b"first", False, -1),
        (b"Inner", False, 0),
        (b"method", True, 1),
        (b"Second", False, -1),
    ]


def test_blocks_end_where_the_next_one_of_their_depth_opens() -> None:
    """The last block of a depth ends with the file."""
    first, inner, method, second = outline(TEXT)
    assert {first.end, inner.end, method.end} == {second.start}
    assert (second.start, second.end) == (TEXT.index(b"class Second"), len(TEXT))


@given(strategies.lists(strategies.sampled_from(["def f{}():", "class C{}:", "async def g{}():", "x{} = 1"])))
def test_outline_agrees_with_the_tree(heads: list[str]) -> None:
    """Every head at module level is found, once, on its line."""
    text = "".join(
        f"{head.format(index)}\n    pass\n" if ":" in head else f"{head.format(index)}\n"
        for index, head in enumerate(heads)
    )
    blocks = [(block.name.decode(), text.count("\n", 0, block.start) + 1) for block in outline(text.encode())]
    named = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    assert blocks == [(node.name, node.lineno) for node in ast.parse(text).body if isinstance(node, named)]
