"""One hunk of the review data as coloured text: what differs in a line is bold and underlined."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rich.text import Text

from ssot_migrate.cli.text import plain

_RUN = re.compile(r"([a-z.])(\d+)")
_COLOUR = {
    "c": "bright_black",
    "s": "green",
    "n": "yellow",
    "k": "magenta",
    "f": "blue",
    "d": "yellow",
    "b": "cyan",
}
_LINE = {"-": "red", "+": "green", " ": ""}


def hunk_text(hunk: Sequence[object]) -> Text:
    """``[first line, rows]`` as lines with numbers of the old text and signs."""
    first, rows = hunk
    assert isinstance(first, int)
    assert isinstance(rows, list)
    lines, number = [], first
    for row in rows:
        lines.append(_line(number, *row))
        number += row[0] != "+"
    return Text("\n").join(lines)


def _line(number: int, sign: str, text: str, colours: str = "", marks: Sequence[int] = ()) -> Text:
    head = f"{'' if sign == '+' else number:>5} {sign} "
    line = Text(head + plain(text.expandtabs(1)), style=_LINE[sign])
    at = len(head)
    if sign == " ":
        for letter, length in _RUN.findall(colours):
            line.stylize(_COLOUR.get(letter, ""), at, at + int(length))
            at += int(length)
    for start, end in zip(marks[::2], marks[1::2], strict=True):
        line.stylize("bold underline", len(head) + start, len(head) + end)
    return line
