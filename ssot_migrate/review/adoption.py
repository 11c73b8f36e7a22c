"""Adoption over time, as ``ssot-migrate trend --format json`` tells it."""

from __future__ import annotations

from pathlib import Path

import msgspec

from ssot_migrate.errors import UsageError
from ssot_migrate.model import Frozen

Points = tuple[tuple[str, float], ...]
"""Days (ISO, UTC) with the score of all services on them, from 0 to 1, oldest first."""


class _Point(Frozen, frozen=True):
    date: str
    scores: dict[str, float]


class _Trend(Frozen, frozen=True):
    points: tuple[_Point, ...]


def read_adoption(path: Path) -> Points:
    """The points of a trend in which anything was scored; other fields of the file do not matter.

    Raises:
        UsageError: it cannot be read, or is no trend.
    """
    try:
        trend = msgspec.json.decode(path.read_bytes(), type=_Trend)
    except (OSError, msgspec.MsgspecError) as error:
        hint = "`ssot-migrate trend --format json` writes one"
        raise UsageError(f"cannot read the trend {path}: {error}", hint=hint) from error
    return tuple((point.date, point.scores[""]) for point in trend.points if "" in point.scores)
