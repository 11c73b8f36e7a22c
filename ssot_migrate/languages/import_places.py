"""Where a new import goes: into the section where import sorters look for it, if the file keeps sections."""

from __future__ import annotations

import re
import sys
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence, Set
from itertools import chain
from typing import Literal, NamedTuple

from ssot_migrate.edits import Span
from ssot_migrate.languages.decoding import BOM
from ssot_migrate.languages.import_order import ImportLine, order_kept
from ssot_migrate.languages.layout import ImportStatement

_HEAD = re.compile(rb"import\s+([\w.]+)|from\s*(\.*)")
_BLANK = re.compile(rb"(?:[ \t]*(?:#[^\r\n]*)?\r?\n)*")
Where = Literal["after", "apart", "before", "above"]
"""On the next line, or with a blank line between; on the line before, or with a blank line between."""


class Surroundings(NamedTuple):
    """What the repository tells of a file: whether a top-level name is its ``own``, and whether what is
    new to the file can be ``found`` where that comes to import a module (empty: one with dots before it)."""

    own: Callable[[str], bool]
    found: Callable[[str], bool]


class Place(NamedTuple):
    """The end of a statement to stand after, or the start of one to stand before."""

    offset: int
    where: Where


_Section = list[ImportLine]


def place_of(
    module: str,
    text: bytes,
    statements: Sequence[ImportStatement],
    going: Collection[ImportStatement],
    edited: Sequence[Span],
    around: Surroundings,
) -> Place | None:
    """Where ``from module import …`` goes among ``statements``; None if that is right behind the last.

    ``going`` are those that are taken out, ``edited`` spans that change: what stands there says
    nothing of the order that comes of it.
    """
    sections = list(_sections(text, statements, {statement.start for statement in going}))
    kinds = [_kind(part, around.own) for part in sections]
    touched = any(
        span.start < line.end and line.start < span.end for line in chain(*sections) for span in edited
    )
    if not kinds or touched or "" in kinds or not around.own(module.partition(".")[0]):
        return None
    place, follower = _behind_which(ImportLine(0, 0, False, 0, module), sections, kinds, text)
    if follower is None:
        return place
    rebinds = any(line.star for line in chain(*sections))
    return place if around.found(follower.module) and not rebinds else None


def _behind_which(
    new: ImportLine, sections: Sequence[_Section], kinds: Sequence[str], text: bytes
) -> tuple[Place, ImportLine | None]:
    """Where ``new`` goes, and the import that then comes next, if any."""
    if "own" not in kinds and kinds[-1] != "near":
        return Place(sections[-1][-1].end, "apart"), None
    if "own" not in kinds:
        first = sections[-1][0]
        after = Place(sections[-1][-1].end, "after")
        return (after, None) if _commented(first, text) else (Place(first.start, "above"), first)
    index = max(number for number, kind in enumerate(kinds) if kind == "own")
    section, key = sections[index], order_kept(sections[index])
    behind = next((line for line in section if key and key(new) < key(line)), None)
    if behind is None or (behind is section[0] and _commented(behind, text)):
        following = sections[index + 1] if index + 1 < len(sections) else []
        return Place(section[-1].end, "after"), next(iter(following), None)
    return Place(behind.start, "before"), behind


def _sections(text: bytes, statements: Iterable[ImportStatement], going: Set[int]) -> Iterator[_Section]:
    """The last statements between which only blank lines and comments stand, parted by those."""
    found: list[_Section] = []
    end = 0
    for statement in statements:
        _, _, below = text[end : statement.start].partition(b"\n")
        if not found or not _BLANK.fullmatch(below):
            found = [[]]
        elif below:
            found.append([])
        if statement.start not in going:
            found[-1].append(_line(statement, text))
        end = statement.end
    return (section for section in found if section)


def _line(statement: ImportStatement, text: bytes) -> ImportLine:
    head = _HEAD.match(text, statement.start)
    straight = bool(head and head[1])
    module = head[1].decode() if head and head[1] else statement.module
    level = len(head[2] or b"") if head else 0
    star = any(known.endswith(".*") for _, known in statement.names)
    return ImportLine(statement.start, statement.end, straight, level, module, star=star)


def _kind(section: _Section, own: Callable[[str], bool]) -> str:
    """What all lines of a section import; empty if it is not the same."""
    kinds = {_kind_of(line, own) for line in section}
    return kinds.pop() if len(kinds) == 1 else ""


def _kind_of(line: ImportLine, own: Callable[[str], bool]) -> str:
    top = line.module.partition(".")[0]
    if line.level:
        return "near"
    if own(top):
        return "own"
    return "python" if top in sys.stdlib_module_names else "other"


def _commented(line: ImportLine, text: bytes) -> bool:
    """Whether comments stand right above that may speak of the line, and are no head of the file."""
    start = line.start
    while start and text[(above := text.rfind(b"\n", 0, start - 1) + 1) : start].lstrip().startswith(b"#"):
        start = above
    return len(BOM) < start < line.start
