"""The baseline file: what is written is read again, and what nobody could have written is refused."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssot_migrate.compliance.baseline import (
    Baseline,
    fixed,
    judge,
    read_baseline,
    save_baseline,
    updated,
    written,
)
from ssot_migrate.compliance.model import Line, Status
from ssot_migrate.edits import Span
from ssot_migrate.errors import Refused, UsageError
from ssot_migrate.findings import Finding, Key, State
from ssot_migrate.model import Safety

KEY = Key("direct-env-access", "api/a.py", "f", "write", 'os.environ["A"]', 1)
LINE = Line(KEY, "moves with the auth rewrite", "2026-12-31")
TODAY = date(2026, 6, 1)
TEXT = st.text(max_size=40)
LINES = st.builds(
    Line,
    st.builds(Key, TEXT, TEXT, TEXT, TEXT, TEXT, st.integers(1, 10**6)),
    st.from_regex(r"[a-z][a-z #\"]{0,20}[a-z]", fullmatch=True),
    st.sampled_from(("", "2026-12-31")),
)


def finding(key: Key) -> Finding:
    """The finding that ``key`` names."""
    return Finding(
        key.rule, key.kind, key.path, Span(0, 1), 9, key.scope, "", State.HELD, Safety.REVIEW, key.fingerprint
    )


def test_a_line_is_readable() -> None:
    """Rule, place, snippet, ordinal, day and reason stand in a line as a person would write them."""
    key = r'direct-env-access api/a.py f write "os.environ[\"A\"]" 1'
    assert written(LINE) == f"{key} until=2026-12-31 -- moves with the auth rewrite"


@given(lines=st.lists(LINES, max_size=5, unique_by=lambda line: line.key.fingerprint))
def test_what_is_written_is_read_again(tmp_path_factory: pytest.TempPathFactory, lines: list[Line]) -> None:
    """Any key survives: quotes, spaces, control characters, right-to-left marks, lone surrogates."""
    path = tmp_path_factory.mktemp("baseline") / "ssot-baseline.txt"
    save_baseline(path, Baseline(tuple(lines)))

    assert sorted(read_baseline(path).lines) == sorted(lines)
    body = [line for line in path.read_text("utf-8").splitlines() if not line.startswith("#")]
    assert body == sorted(body)


def test_comments_of_people_stay(tmp_path: Path) -> None:
    """An update keeps the comments, at the head of the file."""
    path = tmp_path / "b.txt"
    path.write_text(f"# ours\n{written(LINE)}\n# theirs\n")
    save_baseline(path, updated(read_baseline(path), ()))

    assert path.read_text() == f"# ours\n# theirs\n{written(LINE)}\n"


@pytest.mark.parametrize(
    "line",
    [
        "direct-env-access api/a.py f write x 1",
        "direct-env-access api/a.py f write x 1 -- ",
        "direct-env-access api/a.py f write x 0 -- why",
        f"direct-env-access api/a.py f write x {'9' * 5000} -- why",
        "direct-env-access api/a.py f write x 1 until=2026-02-31 -- why",
        "direct-env-access api/a.py f write x 1 until=tomorrow -- why",
        'direct-env-access api/a.py f write "\\q" 1 -- why',
        'direct-env-access api/a.py f write "x 1 -- why',
        "api/a.py -- why",
        "<<<<<<< HEAD",
    ],
)
def test_a_broken_line_is_named(tmp_path: Path, line: str) -> None:
    """A line without a reason, with a wrong day, or of a merge conflict, is an error with file and line."""
    path = tmp_path / "b.txt"
    path.write_text(f"# head\n\n{line}\n")
    with pytest.raises(UsageError, match=r"b\.txt:3: "):
        read_baseline(path)


def test_a_violation_listed_twice_is_an_error(tmp_path: Path) -> None:
    """Two lines of one key would hide which reason holds."""
    path = tmp_path / "b.txt"
    path.write_text(f"{written(LINE)}\n{written(Line(KEY, 'another reason'))}\n")
    with pytest.raises(UsageError, match="b.txt:2: this violation is listed twice"):
        read_baseline(path)


def test_a_baseline_that_is_a_link_is_not_written_through(tmp_path: Path) -> None:
    """What the link points to stays as it is."""
    (tmp_path / "precious").write_text("mine")
    (tmp_path / "b.txt").symlink_to(tmp_path / "precious")
    with pytest.raises(Refused):
        save_baseline(tmp_path / "b.txt", Baseline())
    assert (tmp_path / "precious").read_text() == "mine"


def test_a_line_holds_through_its_day() -> None:
    """Until a day means with that day; the day after, the violation fails again, with its reason."""
    for today, status in ((date(2026, 12, 31), Status.ACCEPTED), (date(2027, 1, 1), Status.EXPIRED)):
        (violation,) = judge([finding(KEY)], [LINE], today)
        assert (violation.status, violation.reason) == (status, LINE.reason)


def test_only_what_was_looked_at_can_be_fixed() -> None:
    """A line is too many if nothing answers to it in a place that the run has seen."""
    assert fixed([LINE], (), lambda key: True) == (LINE,)
    assert fixed([LINE], {KEY.fingerprint}, lambda key: True) == ()
    assert fixed([LINE], (), lambda key: False) == ()
