"""What lies in comments and plain strings, and what is a value, is told from the text; nothing else is."""

from __future__ import annotations

import ast
import io
import sysconfig
import tokenize
from pathlib import Path

import pytest

from ssot_migrate.languages.decoding import line_starts
from ssot_migrate.languages.inert import is_inert, is_module, is_value
from ssot_migrate.languages.words import word_offsets


@pytest.mark.parametrize(
    "code",
    [
        "x = 1  # Mock",
        "# don't Mock",
        'x = "Mock"',
        "x = rb'Mock'",
        '"""\nMock\n"""',
        'x = """a""" "it\'s"  # Mock',
        'def f():\n    """A\n    b. """; y = "Mock"',
        "x = 'a \\\n Mock'",
        "x = '\\'' + 'Mock'",
    ],
)
def test_comments_and_strings_are_inert(code: str) -> None:
    """Wherever they stand on the line, and over how many lines they go."""
    assert is_inert(code.encode(), code.index("Mock"))


@pytest.mark.parametrize(
    "code",
    [
        "Mock",
        "x = '' + Mock + ''",
        "x = f'{Mock}'",
        'x = Rf"""\n{Mock}\n"""',
        "x = '#', Mock",
        '"""a"""; Mock',
        'x = """\na""", Mock',
        "x = f\"{y['a']}\", 'Mock'",
        "if x:\n\t'Mock'",
    ],
)
def test_code_is_not_inert(code: str) -> None:
    """Nor are strings with expressions, what follows one on its line, and text that is doubtful."""
    assert not is_inert(code.encode(), code.index("Mock"))


def test_modules_that_names_are_imported_from() -> None:
    """They are not read as names; what follows ``from`` in another place may be."""
    assert is_module(b"if x:\n    from a.b import b\n", 17)
    assert is_module(b"from a.b import b\n", 7)
    assert not is_module(b"from a.b import b\n", 16)
    assert not is_module(b"def f():\n    yield from a\n", 24)
    assert not is_module(b"x = (yield\n     from a)\n", 21)


def test_no_name_of_the_standard_library_is_inert() -> None:
    """All names that the trees of a hundred files have, and all comments and strings that are told."""
    told = 0
    for path in sorted(Path(sysconfig.get_paths()["stdlib"]).glob("*.py"))[:100]:
        text = path.read_bytes()
        starts = line_starts(text)
        names = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)]
        code = {starts[node.lineno - 1] + node.col_offset for node in names}
        assert not [offset for offset in code if is_inert(text, offset)], path
        told += sum(is_inert(text, o) for word in {n.id for n in names} for o in word_offsets(text, word))
    assert told > 1000


def test_comments_are_told_as_the_tokenizer_does() -> None:
    """A word in a comment is inert, in all comments of a file full of quotes."""
    text = Path(tokenize.__file__ or "").read_bytes()
    starts = line_starts(text)
    for token in tokenize.generate_tokens(io.StringIO(text.decode()).readline):
        code = token.line[: token.start[1]].encode()
        if token.type == tokenize.COMMENT and b"f" not in code.lower():
            assert is_inert(text, starts[token.start[0] - 1] + len(code) + 1)


@pytest.mark.parametrize(
    "code",
    [
        "x = Mock",
        "call(a, new=Mock)",
        "def f(x: Mock, y=1): pass",
        "def f() -> Mock: pass",
        "x: Mock = 1",
        "f = lambda: Mock",
        "x = '' if y == Mock else 1",
    ],
)
def test_a_value_is_told(code: str) -> None:
    """What an assignment, an annotation or a keyword takes the value of."""
    assert is_value(code.encode(), code.index("Mock"))


@pytest.mark.parametrize(
    "code",
    [
        "def f(Mock): pass",
        "Mock = 1",
        "call(Mock=1)",
        "# x = Mock",
        "x = 1  # y: Mock",
        "x = 'a: Mock'",
        "x = f'{a: Mock}'",
        '"""\nx = Mock\n"""',
        "match x:\n    case {'a': Mock}: pass",
        "match x:\n    case Point(\n        x=Mock): pass",
    ],
)
def test_what_is_no_value(code: str) -> None:
    """What is bound, in a string or a comment, or may be either."""
    assert not is_value(code.encode(), code.index("Mock"))


def test_values_of_the_standard_library_are_names() -> None:
    """Wherever a word of a hundred files is told to be a value, the tree has a name."""
    told = 0
    for path in sorted(Path(sysconfig.get_paths()["stdlib"]).glob("*.py"))[:100]:
        text = path.read_bytes()
        starts = line_starts(text)
        names = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.Name)]
        code = {starts[node.lineno - 1] + node.col_offset for node in names}
        values = {
            offset
            for word in {node.id for node in names}
            for offset in word_offsets(text, word)
            if is_value(text, offset)
        }
        told += len(values)
        assert values <= code, (path, values - code)
    assert told > 1000
