"""Decisions are one sorted line each, survive git and hands, and say clearly where they make no sense."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssot_migrate.decisions import Decision, Ruling, merge
from ssot_migrate.decisions.file import load, parse, render, save
from ssot_migrate.errors import Refused, UsageError

TEXT = st.text(st.characters(codec="utf-8"), max_size=20)
WORD = st.from_regex(r"[a-z][a-z-]{0,12}", fullmatch=True)
DECISIONS = st.builds(
    Decision,
    fingerprint=st.from_regex(r"[0-9a-f]{16}", fullmatch=True),
    ruling=st.sampled_from(Ruling),
    rule=WORD,
    path=TEXT.filter(bool),
    scope=TEXT.filter(lambda scope: scope != "-"),
    reason=WORD,
)
ONE = Decision("1" * 16, Ruling.REJECT, "ad-hoc-mock", "a.py", "T.test", "see #12")
TWO = Decision("2" * 16, Ruling.ACCEPT, "direct-env-access", "b dir/é%.py")


@given(st.lists(DECISIONS))
def test_what_is_written_is_read_back(decisions: list[Decision]) -> None:
    """Any path and scope come back as they were, in canonical order, one line each."""
    text = render(decisions)
    assert parse(text, "d.txt") == merge(decisions)
    assert len(text.splitlines()) == 1 + len(merge(decisions))


def test_lines_are_for_people() -> None:
    """A line reads from left to right: ruling, fingerprint, rule, place, reason."""
    assert render([TWO, ONE]).splitlines()[1:] == [
        "reject 1111111111111111 ad-hoc-mock a.py T.test see #12",
        "accept 2222222222222222 direct-env-access b%20dir/é%25.py -",
    ]


def test_order_and_repetition_do_not_matter() -> None:
    """What a union merge of git leaves, unsorted and doubled, means the same."""
    lines = render([ONE, TWO]).splitlines()
    assert parse("\n".join([*reversed(lines), "", lines[1]]), "d.txt") == (ONE, TWO)


def test_the_later_layer_wins() -> None:
    """Of two decisions on one finding, the newer one holds; all others stay."""
    newer = Decision("1" * 16, Ruling.QUARANTINE, "ad-hoc-mock", "a.py", "T.test")
    assert merge([ONE, TWO], [newer]) == (newer, TWO)


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("reject 1111111111111111", "d.txt:2: not a decision"),
        ("refuse 1111111111111111 rule a.py -", "d.txt:2: 'refuse' is none of accept, reject, quarantine"),
        ("reject 11111111 rule a.py -", "d.txt:2: '11111111' is no fingerprint"),
        ("<<<<<<< HEAD", "d.txt:2: a conflict that nobody resolved"),
        (
            "accept 1111111111111111 rule a.py T",
            "d.txt:2: contradicts line 1 on a.py: reject there, accept here",
        ),
    ],
)
def test_nonsense_is_named_by_line(line: str, message: str) -> None:
    """An error says which line is wrong and what to do about it."""
    with pytest.raises(UsageError) as caught:
        parse(f"reject 1111111111111111 rule a.py T\n{line}\n", "d.txt")
    assert caught.value.message.startswith(message)
    assert caught.value.hint


def test_files(tmp_path: Path) -> None:
    """A file is written whole and read back; a link is not written through, what is missing is named."""
    path = tmp_path / "decisions.txt"
    save([TWO, ONE], path)
    assert load(path) == (ONE, TWO)
    (tmp_path / "link.txt").symlink_to(path)
    with pytest.raises(Refused):
        save([], tmp_path / "link.txt")
    with pytest.raises(UsageError, match=r"missing\.txt"):
        load(tmp_path / "missing.txt")
    path.write_bytes(b"\xff")
    with pytest.raises(UsageError, match="not UTF-8"):
        load(path)
