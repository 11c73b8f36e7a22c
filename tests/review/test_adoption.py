"""Adoption over time: what a trend file tells is drawn, whatever it tells."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ssot_migrate.errors import UsageError
from ssot_migrate.review.adoption import read_adoption
from ssot_migrate.review.charts import trend_chart


def test_points_are_those_with_a_score_of_all(tmp_path: Path) -> None:
    """Other fields and other services do not matter; a commit without any site is left out."""
    file = tmp_path / "trend.json"
    points = [
        {"commit": "a", "date": "2026-01-01", "scores": {"": 0.25, "api": 0.1}},
        {"commit": "b", "date": "2026-02-01", "scores": {}},
        {"commit": "c", "date": "<b>2026", "scores": {"": 0.5}},
    ]
    file.write_text(json.dumps({"schema": 1, "points": points, "regressions": []}))
    found = read_adoption(file)
    assert found == (("2026-01-01", 0.25), ("<b>2026", 0.5))
    chart = trend_chart(found)
    assert "40.0,102.5 620.0,75.0" in chart
    assert "&lt;b&gt;2026" in chart
    assert "<b>" not in chart


@pytest.mark.parametrize("text", ["", "[]", '{"points": [{"date": 1}]}'])
def test_no_trend_is_a_usage_error(tmp_path: Path, text: str) -> None:
    """A file that is no trend is named."""
    file = tmp_path / "trend.json"
    if text:
        file.write_text(text)
    with pytest.raises(UsageError, match="trend.json"):
        read_adoption(file)


def test_one_point_is_no_line() -> None:
    """Less than two points are no chart."""
    assert trend_chart((("2026-01-01", 1.0),)) == ""
