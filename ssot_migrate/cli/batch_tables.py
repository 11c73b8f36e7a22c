"""How a fleet stands, for a terminal or as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import click

from ssot_migrate.cli.text import say
from ssot_migrate.errors import ExitCode

if TYPE_CHECKING:
    from ssot_migrate.fleet.model import Result
    from ssot_migrate.fleet.state import Row, Run


def show_sent(results: Iterable[Result]) -> None:
    """Say what a push of each unit would send, or why it would send nothing."""
    for result in sorted(results, key=lambda result: result.unit):
        say(f"{result.unit}: {result.outcome}")
        for branch in result.branches:
            for line in branch.sent:
                say(f"  {branch.service}: {line}")


def show_run(run: Run, rows: Sequence[Row], form: str) -> int:
    """Print how the units of a run stand; PARTIAL if any failed."""
    if form == "json":
        click.echo(json.dumps(_data(run, rows)))
    else:
        _table(run, rows)
    failed = any(row.verdict and row.verdict.value == "failed" for row in rows)
    return ExitCode.PARTIAL if failed else ExitCode.OK


def _data(run: Run, rows: Sequence[Row]) -> dict[str, object]:
    units = [
        {
            "unit": row.unit,
            "group": row.group,
            "verdict": row.verdict.value if row.verdict else None,
            "reason": row.reason,
            "seconds": row.seconds,
            "megabytes": row.megabytes,
            "stages": row.stages,
        }
        for row in rows
    ]
    return {"run": run.id, "action": run.action.value, "state": _state(run), "units": units}


def _state(run: Run) -> str:
    return "ended" if run.ended is not None else "cancelled" if run.cancelled else "not ended"


def _table(run: Run, rows: Sequence[Row]) -> None:
    for row in rows:
        if row.reason:
            say(f"  {row.unit}: {row.verdict.value if row.verdict else ''}: {row.reason}")
    counts = Counter(row.verdict.value if row.verdict else "not yet" for row in rows)
    parts = ", ".join(f"{count} {name}" for name, count in sorted(counts.items()))
    say(f"{run.action.value} {run.id} ({_state(run)}): {parts or 'no units'}")
