"""Adoption over time as data: the scores of chosen commits, and where the newest one fell back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from ssot_migrate.model import Frozen

SCHEMA = 1
ALL = ""
"""The name under which the score of all services together stands."""


class Point(Frozen, frozen=True):
    """The scores of one commit by service, ``ALL`` among them; ``date`` is an ISO day (UTC).

    A service without sites has no score.
    """

    commit: str
    date: str
    scores: dict[str, float]


class Regression(Frozen, frozen=True):
    """A service whose newest score is below the one before it."""

    service: str
    date: str
    before: float
    after: float


class Trend(Frozen, frozen=True):
    """All points, oldest first; ``shallow``: history is cut off, so that older ones may be missing."""

    schema: int
    tool: str
    points: tuple[Point, ...]
    regressions: tuple[Regression, ...]
    shallow: bool = False

    @property
    def services(self) -> tuple[str, ...]:
        """Every service that has a score at some point, ``ALL`` first."""
        return tuple(sorted({service for point in self.points for service in point.scores}))

    def line(self, service: str) -> tuple[float | None, ...]:
        """The scores of a service, None where it had no site."""
        return tuple(point.scores.get(service) for point in self.points)


def regressions(points: Sequence[Point], tolerance: float = 0) -> Iterator[Regression]:
    """Services whose newest score is more than ``tolerance`` below the last one that they had."""
    if not points:
        return
    *earlier, newest = points
    for service, after in sorted(newest.scores.items()):
        had = next((point for point in reversed(earlier) if service in point.scores), None)
        if had and had.scores[service] - after > max(tolerance, 1e-9):
            yield Regression(service, had.date, had.scores[service], after)


def sampled(history: Iterable[tuple[str, str]], every: str) -> list[tuple[str, str]]:
    """Of pairs of commit and ISO day, newest first, the last of each day, week or month; oldest first.

    Days go back only: of a commit that is dated later than its successors, theirs counts.
    """
    chosen: dict[str, tuple[str, str]] = {}
    newest = "9999"
    for commit, day in history:
        newest = min(newest, day)
        chosen.setdefault(_period(newest, every), (commit, newest))
    return list(chosen.values())[::-1]


def _period(day: str, every: str) -> str:
    if every == "week":
        from datetime import date

        year, week, _ = date.fromisoformat(day).isocalendar()
        return f"{year}-{week:02}"
    return day if every == "day" else day[:7]
