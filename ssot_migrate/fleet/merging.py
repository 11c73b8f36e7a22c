"""What the shards of a CI matrix found, in one state."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ssot_migrate.errors import UsageError
from ssot_migrate.fleet.state import Run, State

_TABLES = ("unit", "plan", "branch", "adoption")


def merge(state: State, parts: Sequence[Path]) -> Run:
    """Take over what the states in ``parts`` have, and one run made of the last run of each.

    Raises:
        UsageError: a part is none, has not run, or did another action than the others.
    """
    with state.working():
        runs = [_last(part) for part in parts]
        actions = {run.action for run in runs}
        if len(actions) != 1:
            names = ", ".join(sorted(action.value for action in actions))
            raise UsageError(f"the parts did different things: {names}", hint="merge shards of one run")
        whole = state.begin(actions.pop(), ())
        for part, run in zip(parts, runs, strict=True):
            _take(state, part, run, whole)
        state.end(whole)
        return state.last_run() or whole


def _last(part: Path) -> Run:
    if not (part / "fleet.sqlite").is_file():
        raise UsageError(f"{part} has no state of a fleet", hint="name the `state` folder of a shard")
    with State(part) as state:
        run = state.last_run()
    if run is None:
        raise UsageError(f"the fleet in {part} has not run", hint="run its shard first")
    return run


def _take(state: State, part: Path, run: Run, whole: Run) -> None:
    database = state.database
    database.execute("ATTACH DATABASE ? AS part", (f"{(part / 'fleet.sqlite').resolve()}",))
    try:
        with state.transaction():
            for table in _TABLES:
                database.execute(f"INSERT OR REPLACE INTO main.{table} SELECT * FROM part.{table}")
            database.execute(
                "INSERT INTO main.outcome "
                "SELECT ?, unit, verdict, reason, ended, seconds, cpu, megabytes, stages "
                "FROM part.outcome WHERE run = ?",
                (whole.id, run.id),
            )
    finally:
        database.execute("DETACH DATABASE part")
