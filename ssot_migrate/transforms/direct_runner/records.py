"""Documents that tell what was run once: a command in a changelog or a dated report is no instruction."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from ssot_migrate.model import Source

_CHANGELOG = re.compile(
    r"(?:^|/)(?:changes?|change[-_ ]?log|history|news|release[-_ ]?notes?)(?:[-_ .]?v?\d[\w.]*)?\.\w+$",
    re.IGNORECASE,
)
_MONTH = r"(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\.?"
_DATE = re.compile(
    rf"(?<!\d)(?:(?:19|20)\d\d[-/._](?:0[1-9]|1[0-2])[-/._](?:0[1-9]|[12]\d|3[01])"
    rf"|(?:19|20)\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
    rf"|{_MONTH} \d{{1,2}}(?:st|nd|rd|th)?,? (?:19|20)\d\d"
    rf"|\d{{1,2}}(?:st|nd|rd|th)?\.? {_MONTH},? (?:19|20)\d\d)(?!\d)"
)
_HEADING = re.compile(r" {0,3}(#{1,6})[ \t]+(.+)")
_UNDERLINE = re.compile(r" {0,3}(=+|-{2,})[ \t]*$")
_FENCE = re.compile(r"[ \t>]*(`{3,}|~{3,})")
_LABELLED = re.compile(r"[\s>*_\-+|]*([A-Za-z][\w /-]{0,40}?)[*_\s]*:[*_\s|]*(.{0,60})")
# What such a line dates is the document as it is kept, not something that was done that day.
_LIVING = re.compile(
    r"updat|modif|revis|review|version|since|valid|effective|next|creat|author", re.IGNORECASE
)


class _Part(NamedTuple):
    """A heading and its own lines: the first, the level (0: above all headings), what dates it or ``""``."""

    first: int
    level: int
    dated: str


def record(source: Source, line: int) -> str:
    """Why a command on ``line`` (from 1) of a document is a record of the past, or ``""``."""
    if _CHANGELOG.search(source.path):
        return f"a record of the past: {source.path} lists what was changed"
    if dated := _DATE.search(source.path.rpartition("/")[2]):
        return f"a record of the past: the file is dated {dated[0]}"
    above: list[_Part] = []
    for part in _parts(source):
        if part.first > line:
            break
        above = [outer for outer in above if outer.level < part.level]
        above.append(part)
    return next((f"a record of the past: {part.dated}" for part in above if part.dated), "")


@lru_cache(maxsize=1)
def _parts(source: Source) -> tuple[_Part, ...]:
    """The parts of a document, in order."""
    found = [_Part(1, 0, "")]
    lines = list(_prose(source.data.decode("utf-8", "replace").splitlines()))
    for (number, text), (_, below) in pairwise([*lines, (0, "")]):
        level = _level(text, below)
        if level:
            dated = _DATE.search(text)
            found.append(_Part(number, level, f"its heading is dated {dated[0]}" if dated else ""))
        elif not found[-1].dated and (told := _label(text)):
            found[-1] = found[-1]._replace(dated=told)
    return tuple(found)


def _prose(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """Lines outside of fences, with their numbers."""
    fence = ""
    for number, text in enumerate(lines, start=1):
        opened = _FENCE.match(text)
        if opened and not fence:
            fence = opened[1]
        elif opened and opened[1].startswith(fence):
            fence = ""
        elif not fence:
            yield number, text


def _level(text: str, below: str) -> int:
    if heading := _HEADING.match(text):
        return len(heading[1])
    underlined = _UNDERLINE.match(below) if text.strip() and not text.startswith("---") else None
    return (1 if underlined[1][0] == "=" else 2) if underlined else 0


def _label(text: str) -> str:
    """What a line such as ``**Date:** 2025-01-31`` says."""
    found = _LABELLED.match(text)
    dated = _DATE.match(found[2]) if found and not _LIVING.search(found[1]) else None
    return f"{found[1].strip()}: {dated[0]}" if found and dated else ""
