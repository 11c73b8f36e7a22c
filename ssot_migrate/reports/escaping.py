"""Foreign text in Markdown: it can neither format anything nor call anybody."""

from __future__ import annotations

import re
from collections.abc import Iterable

_LONGEST = 200
_PLAIN = re.compile(r"[^\w .,;:()'-]|_")


def prose(text: str) -> str:
    """``text`` as ordinary words, fit for a table cell; a mention or issue number stays mere text."""
    return _PLAIN.sub(_entity, _cut(text))


def code(text: str, *, cell: bool = False) -> str:
    """``text`` as an inline code span, cut to 200 characters; in a table's ``cell`` a bar is escaped."""
    shown = _cut(text)
    fence = "`" * (max(map(len, re.findall("`+", shown)), default=0) + 1)
    pad = " " if shown[:1] in {"`", ""} or shown[-1:] == "`" else ""
    span = f"{fence}{pad}{shown}{pad}{fence}"
    return span.replace("|", "\\|") if cell else span


def fence_of(lines: Iterable[str]) -> str:
    """A fence around ``lines`` that none of them can close."""
    longest = max((len(run) for line in lines for run in re.findall("`+", line)), default=0)
    return "`" * max(3, longest + 1)


def _entity(match: re.Match[str]) -> str:
    char = match.group()
    # GitHub looks for mentions in the rendered text, where an entity is its character again.
    return f"&#{ord(char)};" + ("&#8203;" if char in "@#" else "")


def printable(text: str) -> str:
    """``text`` with what cannot be printed spelled out."""
    if text.isprintable():
        return text
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)


def _cut(text: str) -> str:
    shown = printable(text[:_LONGEST])
    return shown if len(text) <= _LONGEST else f"{shown}…"
