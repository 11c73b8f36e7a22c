"""Which bodies the rule for base classes needs: all others may be left out of the tree."""

from __future__ import annotations

import ast

import pytest

from ssot_migrate.edits import Span
from ssot_migrate.languages.python import Incomplete, PythonDocument
from ssot_migrate.model import FileKind, Source
from ssot_migrate.transforms.legacy_base_class.bodies import read_whole
from ssot_migrate.transforms.legacy_base_class.shapes import shape


def bodies(text: str) -> list[str]:
    """The text of what must be read, stripped."""
    data = text.encode()
    return [span.slice(data).decode().strip() for span in read_whole(data)]


@pytest.mark.parametrize("name", ["Base", "Überbau", "Aß"])
def test_a_base_without_tests_is_read(name: str) -> None:
    """Its shape may be that of another, whatever letters its name has."""
    text = f"class {name}(Other):\n    def make(self):\n        return 1"
    assert bodies(f"{text}\n\nX = 1\n") == [text]


def test_what_is_called_a_test_inside_a_method_is_none() -> None:
    """A function of that name in a method, or in a text, leaves the class what it is: a base."""
    method = "    def make(self):\n        def test_y(): ...\n        return test_y"
    text = f'class A(Base):\n    """def test_x"""\n{method}'
    assert bodies(f"{text}\n") == [text]


def test_a_shape_is_never_that_of_a_body_left_out() -> None:
    """Where a body is not there, the file is read again."""
    text = b"class A(Base):\n    def make(self):\n        return 1\n"
    span = Span(text.index(b"        return"), len(text) - 1)
    blank = text[: span.start] + b" " * (span.end - span.start - 1) + b"0\n"
    doc = PythonDocument(
        Source("a.py", text, "0" * 40, FileKind.PYTHON), text, "utf-8", ast.parse(blank), [span]
    )
    doc.stack.append(doc.tree)
    with pytest.raises(Incomplete):
        shape(doc.tree.body[0], doc)  # type: ignore[arg-type]  # a class


@pytest.mark.parametrize("head", ["class A:", "class A():", "class A ( ) :"])
def test_a_class_on_nothing_is_not_read(head: str) -> None:
    """No case derives from it alone."""
    assert bodies(f"{head}\n    def test_a(self):\n        return 1\n") == []


@pytest.mark.parametrize(
    ("head", "body", "needed"),
    [
        ("def test_a(self):", "return 1", True),
        ("def test_a(self):", "mock.return_value = returned", False),
        ("def test_a(self):", "yield 1", False),
        ("async def test_a(self):", "yield 1", True),
        ("async  def test_a(self):", "yield 1", True),
        ("async def test_a(self):", "return 1", False),
        ("def make(self):", "return 1", False),
    ],
)
def test_a_test_is_read_where_it_may_tell_how_it_ends(head: str, body: str, needed: bool) -> None:
    """Of an async test it matters whether it yields, of another one what it returns."""
    text = f"class A(Base):\n    def test_b(self):\n        pass\n\n    {head}\n        {body}\n"
    assert bodies(text) == ([body] if needed else [])
