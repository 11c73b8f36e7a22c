"""How shares are said, and sites are added up."""

from __future__ import annotations

import pytest

from ssot_migrate.plans.model import Score
from ssot_migrate.plans.scores import Sites, percent, totals


@pytest.mark.parametrize(
    ("share", "said"),
    [
        (0.57, "57.0 %"),
        (0.29, "29.0 %"),
        (0.94782, "94.7 %"),
        (0.9999999, "99.9 %"),
        (1.0, "100.0 %"),
        (None, "no sites"),
    ],
)
def test_shares_are_rounded_down(share: float | None, said: str) -> None:
    """Nothing less is called 100 %, and a share that needs no rounding is said as it is."""
    assert percent(share) == said


def test_each_site_counts_its_weight() -> None:
    """By any key; a rule without a weight counts one."""
    scores = [Score("api", "env", 4, 1, 2), Score("api", "mocks", 2, 2, 2)]
    assert totals(scores, lambda score: score.service, {"env": 3}) == {"api": Sites(14, 5, 8)}
