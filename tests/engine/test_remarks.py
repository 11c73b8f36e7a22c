"""Hits in comments: counted as such, and no reason to parse the function that they stand in."""

from __future__ import annotations

import pytest

from ssot_migrate.engine.hits import remarks
from ssot_migrate.engine.registry import find_rules
from ssot_migrate.engine.scan import Scanner
from ssot_migrate.model import FileKind, Source

WORD = b"Mock"


def in_comments(text: bytes) -> list[bytes]:
    """The lines of the hits that are told to stand in comments."""
    hits = [offset for offset in range(len(text)) if text.startswith(WORD, offset)]
    found = sorted(remarks([hits], text))
    return [text[text.rfind(b"\n", 0, hit) + 1 :].split(b"\n")[0].strip() for hit in found]


@pytest.mark.parametrize("line", [b"# Mock it", b"    # no Mock", b"call()  # Mock", b"x = (  # Mock"])
def test_a_comment_is_one(line: bytes) -> None:
    """On a line of its own, and behind code without a string."""
    assert in_comments(b"def f():\n    pass\n" + line + b"\n") == [line.strip()]


@pytest.mark.parametrize(
    "text",
    [
        b'"""\n# Mock\n"""\n',
        b'x = "# Mock"\n',
        b"x = '#', Mock()\n",
        b'x = f"{a}# Mock"\n',
        b'x = "a \\\n# Mock"\n',
        b'x = """ # Mock\n# Mock\n# """; Mock()\n',
        b"x = Mock()  # done\n",
        b"if a:\n\tb = 1  # Mock\n",
    ],
)
def test_what_may_be_code_or_a_string_is_none(text: bytes) -> None:
    """Strings over several lines, quotes before the sign, and text of which lines are not told."""
    assert in_comments(text) == []


def test_it_is_counted_as_a_comment_and_its_function_is_not_parsed() -> None:
    """The body would be a syntax error, which is found when the file is changed."""
    text = b"from unittest.mock import Mock\ndef f():\n    # Mock\n    a b\ndef g():\n    return Mock()\n"
    scanner = Scanner(find_rules(["ad-hoc-mock"]))
    scan = scanner.scan(Source("tests/test_a.py", text, "0" * 40, FileKind.PYTHON))
    assert [site.line for site in scan.sites] == [6]
    (count,) = scan.hits
    assert (count.total, count.comments, count.imports) == (3, 1, 1)
    assert not scan.problems
