"""One action over a fleet: which units, in which run, and every result put on record as it comes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from typing import NamedTuple

from ssot_migrate.fleet.config import Fleet
from ssot_migrate.fleet.executors import Executor
from ssot_migrate.fleet.model import Action, Job, Limits, Result, Unit, Verdict
from ssot_migrate.fleet.state import Row, Run, State

Watch = Callable[[Run, Result], None]


class Ask(NamedTuple):
    """What is asked of a run: to go on with the last one, or to take only units that failed in it."""

    action: Action
    resume: bool = False
    only_failed: bool = False


class Ended(NamedTuple):
    """A run and how its units stand."""

    run: Run
    rows: Sequence[Row]


def run_action(
    fleet: Fleet, units: Sequence[Unit], state: State, ask: Ask, executor: Executor, watch: Watch
) -> Ended:
    """Do ``ask.action`` on every unit; ``watch`` is told of each result after it is on record.

    Raises:
        Refused: another process works on this fleet.
    """
    with state.working():
        run = _run(state, units, ask)
        open_units = {row.unit for row in state.rows(run) if row.verdict is None}
        jobs = (_job(fleet, state, run, unit) for unit in units if unit.name in open_units)
        for result in executor(jobs, lambda: state.is_cancelled(run)):
            state.record(run, result)
            watch(run, result)
        if not state.is_cancelled(run):
            state.end(run)
        rows = state.rows(run)
        return Ended(state.last_run(ask.action) or run, rows)


def _run(state: State, units: Sequence[Unit], ask: Ask) -> Run:
    last = state.last_run(ask.action)
    if ask.resume and last and last.ended is None:
        state.revive(last)
        return last
    chosen = set(_failed(state, last)) if ask.only_failed else {unit.name for unit in units}
    return state.begin(ask.action, [unit for unit in units if unit.name in chosen])


def _failed(state: State, last: Run | None) -> Iterator[str]:
    return (row.unit for row in (state.rows(last) if last else ()) if row.verdict is Verdict.FAILED)


def _job(fleet: Fleet, state: State, run: Run, unit: Unit) -> Job:
    fresh = run.action is Action.PLAN
    return Job(
        run.id,
        unit,
        run.action,
        Limits(fleet.seconds, fleet.megabytes),
        fleet.author,
        fleet.depth,
        b"" if fresh else state.plan_of(unit.name),
        state.pushed_of(unit.name) if run.action is Action.PUSH else {},
    )
