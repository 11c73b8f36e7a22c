"""What the shards of a CI matrix found, in one state."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from ssot_migrate.errors import UsageError
from ssot_migrate.fleet import runs
from ssot_migrate.fleet.model import Action, Unit
from ssot_migrate.fleet.runs import Run
from ssot_migrate.fleet.state import State


def merge(state: State, action: Action, units: Sequence[Unit], parts: Sequence[Path]) -> Run:
    """One run of ``action`` over ``units``, made of the last one of each state in ``parts``.

    A unit that no part has done is left for ``--resume``: a job of the matrix may have been lost.

    Raises:
        UsageError: a part is none, or has not done this action.
        Refused: another process works on this fleet.
    """
    with state.working():
        found = [(part, _last(part, action)) for part in parts]
        whole = runs.begin(state, action, units)
        for part, run in found:
            _take(state, part, run, whole)
        if all(row.verdict for row in runs.rows_of(state, whole)):
            runs.end(state, whole)
        return runs.last_run(state, action) or whole


def _last(part: Path, action: Action) -> Run:
    if not (part / "fleet.sqlite").is_file():
        raise UsageError(f"{part} has no state of a fleet", hint="name the `state` folder of a shard")
    with State(part) as state:
        run = runs.last_run(state, action)
    if run is None:
        raise UsageError(
            f"the fleet in {part} has no run of {action.value}", hint=f"run `{action.value} --shard` there"
        )
    return run


def _take(state: State, part: Path, run: Run, whole: Run) -> None:
    """Take over what a part's run did, and nothing that its state has from earlier."""
    database = state.database
    database.execute("ATTACH DATABASE ? AS part", (f"{(part / 'fleet.sqlite').resolve()}",))
    try:
        with state.transaction():
            done = "SELECT unit FROM part.outcome WHERE run = ? AND verdict IS NOT NULL"
            for table in ("plan", "branch", "adoption"):
                rows = f"SELECT * FROM part.{table} WHERE unit IN ({done})"
                database.execute(f"INSERT OR REPLACE INTO main.{table} {rows}", (run.id,))
            database.execute(
                "INSERT OR REPLACE INTO main.outcome "
                "SELECT ?, unit, verdict, reason, ended, seconds, cpu, megabytes, stages "
                "FROM part.outcome WHERE run = ? AND verdict IS NOT NULL AND unit IN "
                "(SELECT unit FROM main.outcome WHERE run = ?)",
                (whole.id, run.id, whole.id),
            )
    finally:
        database.execute("DETACH DATABASE part")
