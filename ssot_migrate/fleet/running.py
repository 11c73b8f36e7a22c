"""One action over a fleet: which units, in which run, and every result put on record as it comes."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from ssot_migrate.fleet import runs
from ssot_migrate.fleet.allowance import Allowance, allowed
from ssot_migrate.fleet.config import Fleet
from ssot_migrate.fleet.executors import Executor
from ssot_migrate.fleet.model import Action, Job, Limits, Result, Unit, Verdict
from ssot_migrate.fleet.records import plan_of, pushed_of, record
from ssot_migrate.fleet.runs import Row, Run
from ssot_migrate.fleet.state import State
from ssot_migrate.fleet.waves import Gate

Watch = Callable[[Run, Result], None]


class Ask(NamedTuple):
    """What is asked of a run: to go on with the last one, or to take only units that failed in it.

    Of ``units`` a ``shard`` ``(i, n)`` takes the i-th of n parts. A push opens at most ``max_open`` pull
    requests; with a ``wave_limit`` it goes on by waves, of which that share may fail.
    """

    action: Action
    resume: bool = False
    only_failed: bool = False
    shard: tuple[int, int] = (1, 1)
    max_open: int | None = None
    wave_limit: float | None = None
    dry: bool = False


class Ended(NamedTuple):
    """A run and how its units stand."""

    run: Run
    rows: Sequence[Row]
    waves: Gate | None = None


def run_action(
    fleet: Fleet, units: Sequence[Unit], state: State, ask: Ask, executor: Executor, watch: Watch
) -> Ended:
    """Do ``ask.action`` on every unit; ``watch`` is told of each result after it is on record.

    Raises:
        Refused: another process works on this fleet.
    """
    with state.working():
        run = _run(state, units, ask)
        allowance = Allowance(state, units, ask.max_open)
        waves = allowed(state, units, ask.wave_limit) if ask.wave_limit is not None else None
        pending = {row.unit for row in runs.rows_of(state, run) if row.verdict is None}
        jobs = (
            _with_limits(_job(fleet, state, run, unit), allowance, waves, ask)
            for unit in units
            if unit.name in pending
        )
        for result in executor(jobs, lambda: runs.is_cancelled(state, run)):
            allowance.give_back(result)
            record(state, run, result)
            watch(run, result)
        if not runs.is_cancelled(state, run):
            runs.end(state, run)
        return Ended(runs.last_run(state, ask.action) or run, runs.rows_of(state, run), waves)


def _with_limits(job: Job, allowance: Allowance, waves: Gate | None, ask: Ask) -> Job:
    only = waves.services(job.unit.name) if waves else None
    return msgspec.structs.replace(job, may_open=allowance.take(job.unit.name), only=only, dry=ask.dry)


def _run(state: State, units: Sequence[Unit], ask: Ask) -> Run:
    last = runs.last_run(state, ask.action)
    if ask.resume and last and last.ended is None:
        runs.revive(state, last)
        return last
    chosen = set(_failed(state, last)) if ask.only_failed else {unit.name for unit in units}
    return runs.begin(state, ask.action, [u for u in units if u.name in chosen and in_shard(u, *ask.shard)])


def in_shard(unit: Unit, part: int, parts: int) -> bool:
    """Whether a unit belongs to the ``part``-th of ``parts``, counted from 1: by its name alone."""
    return int.from_bytes(hashlib.sha256(unit.name.encode()).digest()[:8], "big") % parts == part - 1


def _failed(state: State, last: Run | None) -> Iterator[str]:
    return (row.unit for row in (runs.rows_of(state, last) if last else ()) if row.verdict is Verdict.FAILED)


def _job(fleet: Fleet, state: State, run: Run, unit: Unit) -> Job:
    fresh = run.action is Action.PLAN
    return Job(
        run.id,
        unit,
        run.action,
        Limits(fleet.seconds, fleet.megabytes),
        fleet.author,
        fleet.depth,
        b"" if fresh else plan_of(state, unit.name),
        pushed_of(state, unit.name) if run.action is Action.PUSH else {},
    )
