"""A change as the rows of a terminal: what stands around it, what differs, and what is too much to show."""

from __future__ import annotations

import pytest

from ssot_migrate.edits import Edit
from ssot_migrate.reports.lined import Lined
from ssot_migrate.review.colours import Colours
from ssot_migrate.review.hunks import MANY, FileText, Told
from ssot_migrate.review.rows import Row, rows

TEXT = b"".join(b"line %d\n" % number for number in range(20))


def shown(data: bytes, *edits: Edit) -> list[list[Row]]:
    """The rows of each hunk of one change."""
    text = FileText(Lined(data), Told("utf-8"))
    hunks = text.hunks(edits)
    lines = {first + offset: line for first, run in text.around() for offset, line in enumerate(run)}
    return [list(rows(lines, hunk, Colours("a.txt"))) for hunk in hunks]


def edit(word: bytes, text: str) -> Edit:
    """The replacement of what ``TEXT`` has once."""
    start = TEXT.index(word)
    return Edit(start, start + len(word), text)


def test_a_change_stands_among_three_lines() -> None:
    """Three lines before and after; what differs is marked in both."""
    (hunk,) = shown(TEXT, edit(b"line 9\n", "line nine\n"))

    assert [(row.sign, row.text) for row in hunk] == [
        *((" ", f"line {number}") for number in (6, 7, 8)),
        ("-", "line 9"),
        ("+", "line nine"),
        *((" ", f"line {number}") for number in (10, 11, 12)),
    ]
    assert [(list(row.marks)) for row in hunk if row.sign != " "] == [[5, 6], [5, 9]]


@pytest.mark.parametrize(("other", "hunks"), [(b"line 16", 1), (b"line 17", 2)])
def test_neighbours_share_what_is_between_them(other: bytes, hunks: int) -> None:
    """Up to six lines between two changes are shown once; the file's ends cut what is around."""
    found = shown(TEXT, edit(b"line 9\n", "nine\n"), edit(other, "more"))

    assert len(found) == hunks
    told = [row.text for hunk in found for row in hunk if row.sign == " "]
    assert len(told) == len(set(told))


def test_a_secret_is_masked_in_both_and_around() -> None:
    """No row holds what looks like a secret."""
    data = b"password = 'correct-horse'\nx = os.environ['A']\n"
    start = data.index(b"os.environ")
    (hunk,) = shown(data, Edit(start, start + 10, "f(token='battery-staple')"))

    assert not any("horse" in row.text or "staple" in row.text for row in hunk)


def test_many_lines_are_cut() -> None:
    """Of a new file and of a removed one the first lines, and how many more there are."""
    long = "".join(f"new {number}\n" for number in range(MANY + 5))
    ((*_, last),) = shown(b"", Edit(0, 0, long))
    ((*gone, more),) = shown(long.encode(), Edit(0, len(long), ""))

    assert (last.sign, last.text) == ("+", "… 5 more lines")
    assert (len(gone), more.sign, more.text) == (MANY, "-", "… 5 more lines")
