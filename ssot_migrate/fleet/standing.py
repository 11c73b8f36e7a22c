"""How a fleet stands: a line for each service of each repository, and adoption by day."""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from ssot_migrate.fleet.model import Verdict
from ssot_migrate.fleet.records import DAY, BranchRow, branch_rows
from ssot_migrate.fleet.state import State
from ssot_migrate.plans.scores import Sites

_RANK = {verdict: rank for rank, verdict in enumerate((Verdict.FAILED, Verdict.HELD, Verdict.DONE))}
_SHOWN = 3
_LAST = """
SELECT unit, grp, verdict, reason, max(ended) FROM outcome JOIN unit ON unit.name = unit
WHERE verdict IS NOT NULL GROUP BY unit ORDER BY unit
"""
_NEWEST = """
SELECT unit, service, sites, compliant, compliant_after FROM adoption AS a
WHERE day = (SELECT max(day) FROM adoption WHERE unit = a.unit) ORDER BY unit, service
"""
_BY_DAY = "SELECT day, unit, sum(sites), sum(compliant) FROM adoption GROUP BY day, unit ORDER BY day"


class Line(NamedTuple):
    """A service of a repository; ``sites`` are those of its newest plan."""

    unit: str
    group: str
    service: str
    verdict: Verdict
    why: str
    sites: Sites | None = None
    branch: BranchRow | None = None

    @property
    def days(self) -> int | None:
        """The age of its branch, if it was pushed."""
        first = self.branch.first_pushed if self.branch else None
        return int((time.time() - first) // DAY) if first else None


def lines(state: State) -> list[Line]:
    """A line for each service that is known, or for its repository; what needs somebody comes first."""
    services: dict[str, dict[str, tuple[Sites | None, BranchRow | None]]] = {}
    for (unit, service), sites in newest(state).items():
        services.setdefault(unit, {})[service] = (sites, None)
    for row in branch_rows(state):
        known = services.setdefault(row.unit, {})
        known[row.service] = (known.get(row.service, (None, None))[0], row)
    found = [line for ended in _ended(state) for line in _of_unit(ended, services.get(ended.unit, {}))]
    return sorted(found, key=lambda line: (_RANK.get(line.verdict, len(_RANK)), line.unit, line.service))


def newest(state: State) -> dict[tuple[str, str], Sites]:
    """By unit and service, the sites of the newest plans."""
    return {(unit, service): Sites(*row) for unit, service, *row in state.database.execute(_NEWEST)}


def trend(state: State) -> tuple[tuple[str, float], ...]:
    """The share of all sites that comply, day by day; who was not planned on a day counts as before."""
    now: dict[str, tuple[int, int]] = {}
    points: dict[str, float] = {}
    sites = compliant = 0
    for day, unit, *row in state.database.execute(_BY_DAY):
        before = now.get(unit, (0, 0))
        sites, compliant = sites + row[0] - before[0], compliant + row[1] - before[1]
        now[unit] = (row[0], row[1])
        points[datetime.fromtimestamp(day * DAY, UTC).date().isoformat()] = (
            compliant / sites if sites else 1.0
        )
    return tuple(points.items())


def _ended(state: State) -> Iterator[Line]:
    """How each unit ended when it was worked on last, by whichever action; with what its plan leaves."""
    waiting = {
        unit: json.loads(left) for unit, left in state.database.execute("SELECT unit, waiting FROM plan")
    }
    for unit, group, verdict, reason, _ in state.database.execute(_LAST):
        yield Line(unit, group, "", Verdict(verdict), reason or _commonest(waiting.get(unit, {})))


def _commonest(left: Mapping[str, int]) -> str:
    return "; ".join(f"{count} × {why}" for why, count in [*left.items()][:_SHOWN])


def _of_unit(ended: Line, services: Mapping[str, tuple[Sites | None, BranchRow | None]]) -> Iterator[Line]:
    if not services:
        yield ended
    for service, (sites, branch) in services.items():
        line = ended._replace(service=service, sites=sites, branch=branch)
        if branch and branch.verdict:
            line = line._replace(verdict=Verdict(branch.verdict), why=branch.reason or ended.why)
        yield line
