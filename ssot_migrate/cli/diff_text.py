"""A change of the review data as coloured text: what differs in a line is bold and underlined."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rich.text import Text

from ssot_migrate.cli.text import plain
from ssot_migrate.review.colours import Colours
from ssot_migrate.review.data import Data
from ssot_migrate.review.hunks import CONTEXT, Lines
from ssot_migrate.review.rows import rows

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


def hunk_texts(finding: Data, lines: Lines) -> Iterator[Text]:
    """Each hunk of a finding as lines with numbers of the old text and signs; ``lines`` are its file's."""
    known = {first + offset: text for first, run in lines for offset, text in enumerate(run)}
    colours = Colours(finding["p"])
    for hunk in finding["h"]:
        shown, number = [], max(0, hunk[0][0] - CONTEXT) + 1
        for row in rows(known, hunk, colours):
            shown.append(_line(number, *row))
            number += row.sign != "+"
        yield Text("\n").join(shown)


def _line(number: int, sign: str, text: str, colours: str, marks: Sequence[int]) -> Text:
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
