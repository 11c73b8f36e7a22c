"""The dashboard: one HTML page over the fleet that needs nothing else, in which no foreign text is markup."""

from __future__ import annotations

import json
import time
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from importlib.resources import files
from typing import NamedTuple

from jinja2 import Environment, StrictUndefined
from markupsafe import Markup

from ssot_migrate.fleet.model import Verdict
from ssot_migrate.fleet.records import DAY, branch_rows
from ssot_migrate.fleet.runs import Row, all_runs, rows_of
from ssot_migrate.fleet.state import State
from ssot_migrate.plans.model import Score
from ssot_migrate.plans.scores import totals
from ssot_migrate.review.charts import score_chart, trend_chart
from ssot_migrate.review.page import asset, policy

_MOST = 5_000
_RANK = {verdict.value: rank for rank, verdict in enumerate((Verdict.FAILED, Verdict.HELD, Verdict.DONE))}


class Line(NamedTuple):
    """A service of a repository as the page shows it; ``days`` is the age of its open branch."""

    unit: str
    group: str
    service: str
    state: str
    why: str
    sites: int
    share: float | None
    request: str
    days: int | None


def render(state: State, *, title: str) -> str:
    """The whole page, from what the state holds."""
    style = asset("page.css")
    lines = sorted(_lines(state), key=lambda line: (_RANK.get(line.state, 9), line.unit, line.service))
    environment = Environment(
        autoescape=True, undefined=StrictUndefined, trim_blocks=True, lstrip_blocks=True
    )
    page = (files("ssot_migrate.fleet") / "dashboard.html.j2").read_text("utf-8")
    newest = _newest(state)
    return environment.from_string(page).render(
        title=title,
        style=Markup(style),
        policy=policy(style, "", served=False),
        lines=lines[:_MOST],
        left_out=len(lines[_MOST:]),
        states=Counter(line.state for line in lines),
        charts=[_score_chart(newest), trend_chart(trend(state))],
    )


def trend(state: State) -> tuple[tuple[str, float], ...]:
    """The share of all sites that comply, day by day; what was not looked at on a day counts as before."""
    now: dict[tuple[str, str], tuple[int, int]] = {}
    points: dict[int, float] = {}
    query = "SELECT day, unit, service, sites, compliant FROM adoption ORDER BY day"
    for day, unit, service, sites, compliant in state.database.execute(query):
        now[unit, service] = (sites, compliant)
        total = sum(row[0] for row in now.values())
        points[day] = sum(row[1] for row in now.values()) / total if total else 1.0
    return tuple((_date(day), score) for day, score in points.items())


def _date(day: int) -> str:
    return datetime.fromtimestamp(day * DAY, UTC).date().isoformat()


def _newest(state: State) -> dict[tuple[str, str], Sequence[int]]:
    columns = "unit, service, sites, compliant, compliant_after, max(day)"
    query = f"SELECT {columns} FROM adoption GROUP BY unit, service"
    return {(unit, service): row[:3] for unit, service, *row in state.database.execute(query)}


def _score_chart(newest: Mapping[tuple[str, str], Sequence[int]]) -> Markup:
    scores = (Score(unit, "", *row) for (unit, _), row in newest.items())
    return score_chart(totals(scores, lambda score: score.service), "Compliance by repository")


def _lines(state: State) -> Iterator[Line]:
    """A line for each service that the last runs know; for a repository without any, one for itself."""
    newest, waiting = _newest(state), _waiting(state)
    branches = {(row.unit, row.service): row for row in branch_rows(state)}
    now = time.time()
    for row in last_rows(state):
        named = {service for unit, service in [*newest, *branches] if unit == row.unit} or {""}
        for service in sorted(named):
            sites, compliant, _ = newest.get((row.unit, service), (0, 0, 0))
            branch = branches.get((row.unit, service))
            verdict, why = _state_of(row), row.reason or waiting.get(row.unit, "")
            if branch and branch.verdict:
                verdict, why = branch.verdict, branch.reason or why
            yield Line(
                *(row.unit, row.group, service, verdict, why, sites),
                compliant / sites if sites else None,
                branch.request if branch else "",
                int((now - branch.first_pushed) // DAY) if branch and branch.first_pushed else None,
            )


def last_rows(state: State) -> list[Row]:
    """How each unit ended when it was worked on last, by whichever action."""
    newest: dict[str, Row] = {}
    for run in all_runs(state):
        newest |= {row.unit: row for row in rows_of(state, run) if row.verdict}
    return sorted(newest.values())


def _state_of(row: Row) -> str:
    return row.verdict.value if row.verdict else ""


def _waiting(state: State) -> dict[str, str]:
    """Why sites of a unit are left, by its newest plan: the commonest reasons."""
    rows = state.database.execute("SELECT unit, waiting FROM plan")
    reasons = ((unit, json.loads(left)) for unit, left in rows)
    return {unit: "; ".join(f"{n} × {why}" for why, n in [*left.items()][:3]) for unit, left in reasons}
