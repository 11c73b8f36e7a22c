"""Syntax colours by Pygments, as runs: ``k3.1f4`` is a keyword of 3 characters, 1 plain, a name of 4."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache

from pygments.lexer import Lexer
from pygments.lexers import get_lexer_for_filename
from pygments.token import (
    Comment,
    Keyword,
    Literal,
    Name,
    Number,
    Operator,
    String,
    _TokenType,
    is_token_subtype,
)
from pygments.util import ClassNotFound

_CLASSES: tuple[tuple[_TokenType, str], ...] = (
    (Comment, "c"),
    (String, "s"),
    (Number, "n"),
    (Literal, "s"),
    (Keyword, "k"),
    (Operator.Word, "k"),
    (Name.Function, "f"),
    (Name.Class, "f"),
    (Name.Decorator, "d"),
    (Name.Builtin, "b"),
)


class Colours:
    """The colours of one file's language."""

    def __init__(self, path: str) -> None:
        """The language is that of the file's name; an unknown one has no colours."""
        self.lexer = _lexer(path)

    def of(self, lines: Sequence[str]) -> list[str]:
        """The runs of each line, read together, as the fragment of a file that they are."""
        return _runs(self.lexer, "\n".join(lines), len(lines)) if self.lexer else [""] * len(lines)


def _lexer(path: str) -> Lexer | None:
    try:
        return get_lexer_for_filename(path.rpartition("/")[2], stripnl=False, ensurenl=False)
    except ClassNotFound:
        return None


@cache
def _letter(kind: _TokenType) -> str:
    return next((letter for known, letter in _CLASSES if is_token_subtype(kind, known)), ".")


def _runs(lexer: Lexer, text: str, count: int) -> list[str]:
    rows: list[list[str]] = [[]]
    for kind, value in lexer.get_tokens(text):
        letter = _letter(kind)
        for index, part in enumerate(value.split("\n")):
            if index:
                rows.append([])
            if part:
                rows[-1].append(f"{letter}{len(part)}")
    rows += [[]] * (count - len(rows))
    return ["".join(row) if any(run[0] != "." for run in row) else "" for row in rows[:count]]
