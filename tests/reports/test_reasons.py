"""Reasons of one pattern stand together, and show what they share."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssot_migrate.reports.reasons import pattern, together


@pytest.mark.parametrize(
    ("reasons", "shared"),
    [
        (["get_env() offers no pop", "get_env() offers no pop"], "get_env() offers no pop"),
        (["KEY_A is read in a/b.py", "KEY_B is read in c/d.py"], "… is read in …"),
        (["KEY_A is read in a/b.py, c/d.py", "KEY_A is read in e.py"], "KEY_A is read in …"),
        (
            ["2 more called f_a: x.py:1; settle", "3 more called f_a: y.py:1; settle"],
            "… more called f_a: …; settle",
        ),
        ([""], ""),
    ],
)
def test_what_differs_is_left_out(reasons: list[str], shared: str) -> None:
    """Code, paths and numbers are cut where they differ, and only there."""
    assert len({pattern(reason) for reason in reasons}) == 1
    assert together(reasons) == shared


def test_other_words_are_another_reason() -> None:
    """What is said in ordinary words is never taken for the same."""
    assert pattern("get_env() offers no pop") != pattern("get_env() offers no copy")


@given(st.text())
def test_one_reason_is_itself(reason: str) -> None:
    """Alone, a reason loses nothing."""
    assert together([reason, reason]) == reason
