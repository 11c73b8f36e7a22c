"""The page for a pull request, cut to fit: examples go first, then lines from the end, and it says so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ssot_migrate.reports.counted import counted
from ssot_migrate.reports.escaping import code, fence_of, printable, prose
from ssot_migrate.reports.markdown_sections import Section, sections
from ssot_migrate.reports.summary import ChangeGroup, Summary

# A pull request takes 65,536 characters; the rest is for who opens it.
LONGEST = 60_000
_CLOSING = 1_000
_LINES, _WIDTH = 30, 200
_MOST = 20


def markdown_report(summary: Summary, longest: int = LONGEST) -> str:
    """At most ``longest`` characters (1,000 or more); if anything does not fit, the last line says what."""
    room = longest - _CLOSING
    parts, cut = _fitted(list(sections(summary)), room)
    room -= room if cut else sum(map(len, parts))
    examples, shown = _examples(summary.groups[:_MOST], room)
    missing = min(len(summary.groups), _MOST) - shown
    if missing:
        cut.insert(0, f"{counted(missing, 'example')} of changes")
    closing = f"Cut to fit: {', '.join(cut)}. `report.json` has everything.\n" if cut else ""
    # The heading, what changed and the shapes come first; one example of each shape follows the table.
    return "".join([*parts[:3], examples, *parts[3:], closing]).rstrip("\n") + "\n"


def _fitted(found: Sequence[Section], room: int) -> tuple[list[str], list[str]]:
    """The text of each section as far as there is room, and what is cut."""
    texts: list[str] = []
    cut: list[str] = []
    for section in found:
        lines = [f"## {section.title}", "", *section.lines, ""] if section.title else [*section.lines, ""]
        fitting = _fitting(lines, room) if not cut else 0
        texts.append("".join(f"{line}\n" for line in lines[:fitting]))
        room -= len(texts[-1])
        if fitting < len(lines):
            cut.append(f"{len(lines) - fitting} lines of “{section.title or 'the heading'}”")
    return texts, cut


def _fitting(lines: Sequence[str], room: int) -> int:
    for count, line in enumerate(lines):
        room -= len(line) + 1
        if room < 0:
            return count
    return len(lines)


def _examples(groups: Sequence[ChangeGroup], room: int) -> tuple[str, int]:
    """One change of each group as far as there is room, and how many these are."""
    text = ""
    for shown, group in enumerate(groups):
        example = "".join(f"{line}\n" for line in _example(group))
        if len(text) + len(example) > room:
            return text, shown
        text += example
    return text, len(groups)


def _example(group: ChangeGroup) -> Iterator[str]:
    lines = [printable(line.expandtabs(4))[:_WIDTH] for line in group.diff.split("\n")[:-1]]
    fence = fence_of(lines)
    more = [f" … {len(lines) - _LINES} more lines"] if len(lines) > _LINES else []
    head = f"**{counted(group.count, 'change')}**, {prose(group.rule)}: {code(group.place)}"
    yield f"{head}. {prose(group.why)}"
    yield from ("", f"{fence}diff", *lines[:_LINES], *more, fence, "")
