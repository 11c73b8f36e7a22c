"""What the state of a fleet holds of its units: outcomes, plans, branches, adoption."""

from __future__ import annotations

import json
import time
import zlib
from collections.abc import Iterator
from typing import NamedTuple

import msgspec

from ssot_migrate.fleet.model import Action, Place, Pushed, Result, Verdict
from ssot_migrate.fleet.runs import Run
from ssot_migrate.fleet.state import State

DAY = 86_400
_THERE = frozenset({Verdict.DONE, Verdict.NOTHING})
_COLUMNS = "unit, service, made, pushed, first_pushed, verdict, reason, request, number, url, remote"


class BranchRow(NamedTuple):
    """A service's branch as the fleet knows it; ``remote`` is its name there, ``request`` a URL."""

    unit: str
    service: str
    made: str
    pushed: str
    first_pushed: float | None
    verdict: str
    reason: str
    request: str
    number: int
    url: str
    remote: str


def record(state: State, run: Run, result: Result) -> None:
    """Put a result on record, all of it at once."""
    with state.transaction() as database:
        database.execute(
            "UPDATE outcome SET verdict = ?, reason = ?, ended = ?, seconds = ?, cpu = ?, megabytes = ?, "
            "stages = ? WHERE run = ? AND unit = ?",
            (
                result.outcome.verdict.value,
                result.outcome.reason,
                time.time(),
                result.seconds,
                result.cpu,
                result.megabytes,
                json.dumps(result.stages),
                *(run.id, result.unit),
            ),
        )
        if result.plan:
            _record_plan(state, result)
        for branch in result.branches:
            _record_branch(state, result.unit, branch, run.action)


def _record_plan(state: State, result: Result) -> None:
    now, data = time.time(), zlib.compress(result.plan)
    waiting, places = json.dumps(result.left), msgspec.json.encode(result.places).decode()
    row = (result.unit, result.digest, result.base, now, waiting, places, data)
    state.database.execute("INSERT OR REPLACE INTO plan VALUES (?, ?, ?, ?, ?, ?, ?)", row)
    rows = (
        (result.unit, row.service, int(now // DAY), row.sites, row.compliant, row.compliant_after)
        for row in result.adoption
    )
    state.database.executemany("INSERT OR REPLACE INTO adoption VALUES (?, ?, ?, ?, ?, ?)", rows)


def _record_branch(state: State, unit: str, branch: Pushed, action: Action) -> None:
    """What was made; after a push also what is at the remote. A pull request that was seen is kept."""
    key = (unit, branch.service)
    made = "INSERT INTO branch (unit, service, made) VALUES (?, ?, ?) ON CONFLICT DO UPDATE SET made = ?"
    state.database.execute(made, (*key, branch.commit, branch.commit))
    if action is not Action.PUSH:
        return
    said = (branch.outcome.verdict.value, branch.outcome.reason, branch.url, branch.branch)
    where = "WHERE unit = ? AND service = ?"
    state.database.execute(
        f"UPDATE branch SET verdict = ?, reason = ?, url = ?, remote = ? {where}", (*said, *key)
    )
    if branch.outcome.verdict in _THERE or branch.number:
        there = f"pushed = ?, first_pushed = coalesce(first_pushed, ?) {where}"
        state.database.execute(f"UPDATE branch SET {there}", (branch.commit, time.time(), *key))
    if branch.number:
        asked = f"UPDATE branch SET request = ?, number = ? {where}"
        state.database.execute(asked, (branch.request, branch.number, *key))


def plan_of(state: State, unit: str) -> bytes:
    """The newest sealed plan of a unit; empty if there is none."""
    row = state.database.execute("SELECT data FROM plan WHERE unit = ?", (unit,)).fetchone()
    return zlib.decompress(row[0]) if row else b""


def places_of(state: State, unit: str) -> tuple[Place, ...]:
    """The services that the newest plan of a unit changes."""
    row = state.database.execute("SELECT places FROM plan WHERE unit = ?", (unit,)).fetchone()
    return msgspec.json.decode(row[0], type=tuple[Place, ...]) if row else ()


def branch_rows(state: State, unit: str = "") -> Iterator[BranchRow]:
    """All branches, or those of one unit."""
    query = f"SELECT {_COLUMNS} FROM branch WHERE unit = ? OR ? ORDER BY unit, service"
    return (BranchRow(*row) for row in state.database.execute(query, (unit, not unit)))


def pushed_of(state: State, unit: str) -> dict[str, str]:
    """By service, the commit that was pushed last."""
    return {row.service: row.pushed for row in branch_rows(state, unit) if row.pushed}
