"""Runs of a fleet: each call of an action, and how every unit of it stands."""

from __future__ import annotations

import json
import secrets
import time
from collections.abc import Iterable
from typing import NamedTuple

from ssot_migrate.fleet.model import Action, Unit, Verdict
from ssot_migrate.fleet.state import State


class Run(NamedTuple):
    """One call of an action; ``ended`` is None while it goes on, or if it was killed."""

    id: str
    action: Action
    began: float
    ended: float | None
    cancelled: bool


class Row(NamedTuple):
    """How a unit stands in a run; ``verdict`` is None before its end."""

    unit: str
    group: str
    verdict: Verdict | None
    reason: str
    seconds: float
    megabytes: int
    stages: dict[str, float]


def begin(state: State, action: Action, units: Iterable[Unit]) -> Run:
    """A new run of ``action`` over ``units``."""
    run = Run(secrets.token_hex(8), action, time.time(), None, cancelled=False)
    with state.transaction() as database:
        for unit in units:
            row = (unit.name, unit.source, unit.group)
            database.execute("INSERT OR REPLACE INTO unit VALUES (?, ?, ?)", row)
            database.execute("INSERT INTO outcome (run, unit) VALUES (?, ?)", (run.id, unit.name))
        values = (run.id, action.value, run.began)
        database.execute("INSERT INTO run (id, action, began) VALUES (?, ?, ?)", values)
    return run


def all_runs(state: State) -> list[Run]:
    """All runs, the oldest first."""
    rows = state.database.execute("SELECT id, action, began, ended, cancelled FROM run ORDER BY began")
    return [Run(row[0], Action(row[1]), row[2], row[3], bool(row[4])) for row in rows]


def last_run(state: State, action: Action | None = None) -> Run | None:
    """The newest run, of ``action`` if one is named."""
    return next((run for run in all_runs(state)[::-1] if action in (None, run.action)), None)


def rows_of(state: State, run: Run) -> list[Row]:
    """How each unit of ``run`` stands."""
    query = (
        "SELECT unit, grp, verdict, reason, seconds, megabytes, stages FROM outcome "
        "JOIN unit ON unit.name = unit WHERE run = ? ORDER BY unit"
    )
    return [
        Row(unit, group, Verdict(ended) if ended else None, reason, seconds, peak, json.loads(stages))
        for unit, group, ended, reason, seconds, peak, stages in state.database.execute(query, (run.id,))
    ]


def end(state: State, run: Run) -> None:
    """Say that ``run`` is over."""
    state.database.execute("UPDATE run SET ended = ? WHERE id = ?", (time.time(), run.id))


def cancel(state: State, run: Run) -> None:
    """Ask whoever works on ``run`` to stop."""
    state.database.execute("UPDATE run SET cancelled = 1 WHERE id = ?", (run.id,))


def revive(state: State, run: Run) -> None:
    """Forget that somebody has asked to stop ``run``."""
    state.database.execute("UPDATE run SET cancelled = 0 WHERE id = ?", (run.id,))


def is_cancelled(state: State, run: Run) -> bool:
    """Whether somebody has asked to stop ``run``."""
    row = state.database.execute("SELECT cancelled FROM run WHERE id = ?", (run.id,)).fetchone()
    return bool(row and row[0])
