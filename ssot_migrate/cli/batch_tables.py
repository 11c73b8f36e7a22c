"""How a fleet stands, for a terminal or as JSON."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import click

from ssot_migrate.cli.text import say
from ssot_migrate.errors import ExitCode
from ssot_migrate.fleet.model import Verdict

if TYPE_CHECKING:
    from ssot_migrate.fleet.model import Result
    from ssot_migrate.fleet.runs import Row, Run


def show_sent(results: Sequence[Result]) -> int:
    """Say what a push of each unit would send, or why it would send nothing; PARTIAL if any failed."""
    for result in sorted(results, key=lambda result: result.unit):
        say(f"{result.unit}: {result.outcome}")
        for branch in result.branches:
            stays = [str(branch.outcome)] if branch.outcome.reason else []
            for line in branch.sent or stays:
                say(f"  {branch.service}: {line}")
    failed = any(result.outcome.verdict is Verdict.FAILED for result in results)
    return ExitCode.PARTIAL if failed else ExitCode.OK


def show_run(run: Run, rows: Sequence[Row], form: str) -> int:
    """Print how the units of a run stand; PARTIAL if any failed."""
    if form == "json":
        click.echo(json.dumps(_data(run, rows)))
    else:
        _table(run, rows)
    failed = any(row.verdict is Verdict.FAILED for row in rows)
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
