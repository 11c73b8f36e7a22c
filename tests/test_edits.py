"""Splicing: the only code that changes text keeps every byte that it was not told to change."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssot_migrate.edits import Disjoint, Edit, Span, outside, overlaps, splice


@st.composite
def texts_with_edits(draw: st.DrawFn) -> tuple[bytes, list[Edit]]:
    """A text and edits of it that do not overlap, in any order."""
    data = draw(st.binary(max_size=80))
    cuts = sorted(draw(st.lists(st.integers(0, len(data)), max_size=10)))
    spans = list(zip(cuts[::2], cuts[1::2], strict=False))
    edits = [Edit(start, end, draw(st.text(max_size=6))) for start, end in spans]
    return data, draw(st.permutations(edits))


@given(texts_with_edits())
def test_bytes_outside_the_edits_stay(case: tuple[bytes, list[Edit]]) -> None:
    """What stands between two edits is found, to the byte and in order, in the result."""
    data, edits = case
    result = splice(data, edits)

    position = 0
    ordered = sorted(edits, key=lambda edit: (edit.start, edit.end))
    for previous, edit in zip([None, *ordered], [*ordered, None], strict=True):
        start = previous.end if previous else 0
        end = edit.start if edit else len(data)
        kept = data[start:end]
        assert result[position : position + len(kept)] == kept
        position += len(kept) + (len(edit.text.encode()) if edit else 0)
    assert position == len(result)


@given(texts_with_edits())
def test_no_edit_changes_nothing_and_all_edits_change_the_length(case: tuple[bytes, list[Edit]]) -> None:
    """The length of a result is that of the text, less what went, plus what came."""
    data, edits = case
    grown = sum(len(edit.text.encode()) - (edit.end - edit.start) for edit in edits)

    assert splice(data, []) == data
    assert len(splice(data, edits)) == len(data) + grown


def test_inserts_at_one_offset_keep_their_order() -> None:
    """Two inserts at one place stand as they were given."""
    assert splice(b"ab", [Edit(1, 1, "x"), Edit(1, 1, "y")]) == b"axyb"


@pytest.mark.parametrize(
    "edits",
    [
        [Edit(0, 2, ""), Edit(1, 3, "")],
        [Edit(2, 1, "")],
        [Edit(0, 9, "")],
        [Edit(-1, 0, "")],
    ],
)
def test_an_edit_that_overlaps_or_leaves_the_text_is_refused(edits: list[Edit]) -> None:
    """No text is made of edits that contradict each other."""
    with pytest.raises(ValueError, match="overlaps"):
        splice(b"abc", edits)


@given(st.integers(0, 9), st.integers(0, 9), st.integers(0, 9), st.integers(0, 9))
def test_overlap_is_what_splice_refuses(a: int, b: int, c: int, d: int) -> None:
    """``overlaps`` and ``splice`` agree on every pair of well-formed edits."""
    left, right = Edit(min(a, b), max(a, b), "x"), Edit(min(c, d), max(c, d), "y")
    try:
        splice(b"0123456789", [left, right])
        refused = False
    except ValueError:
        refused = True

    assert overlaps(left, right) == overlaps(right, left) == refused


def test_a_span_covers_itself_and_what_lies_in_it() -> None:
    """Spans are half-open ranges."""
    assert Span(2, 5).covers(Span(2, 5))
    assert Span(2, 5).covers(Span(3, 3))
    assert not Span(2, 5).covers(Span(4, 6))
    assert Span(1, 3).slice(b"abcd") == b"bc"


SPANS = st.tuples(st.integers(0, 12), st.integers(0, 12)).map(lambda pair: Span(*sorted(pair)))


@given(st.lists(SPANS, max_size=12))
def test_a_later_edit_takes_the_place_of_all_that_it_overlaps(spans: list[Span]) -> None:
    """What is found near an edit is all that overlaps it, wherever edits begin, end or are empty."""
    held, plain = Disjoint(), list[Edit]()
    for edit in dict.fromkeys(Edit(span.start, span.end, "") for span in spans):
        expected = sorted(one for one in plain if overlaps(one, edit))
        assert sorted(held.overlapping(edit)) == expected
        held.put(edit)
        plain = [one for one in plain if one not in expected] + [edit]
        assert list(held) == sorted(plain)
        assert all(one in held for one in plain)
        assert not any(one in held for one in expected)


@given(st.sets(st.integers(0, 12)), st.lists(SPANS))
def test_offsets_outside_are_those_in_no_span(offsets: set[int], spans: list[Span]) -> None:
    """Spans may overlap, be empty, or lie in each other."""
    expected = [o for o in sorted(offsets) if not any(span.start <= o < span.end for span in spans)]
    assert list(outside(sorted(offsets), spans)) == expected
