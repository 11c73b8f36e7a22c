"""What a run says of itself: lines for people, or JSON objects, each with the id of the run."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime

from ssot_migrate.fleet.model import Result
from ssot_migrate.fleet.running import Ended
from ssot_migrate.fleet.runs import Run

Write = Callable[[str], None]


class Log:
    """Writes to whatever the command line gives it."""

    def __init__(self, write: Write, *, as_json: bool) -> None:
        """One line goes to ``write`` for each event."""
        self._write, self._as_json = write, as_json

    def unit(self, run: Run, result: Result) -> None:
        """A unit has ended, and that is on record."""
        if not self._as_json:
            self._write(f"{result.unit}: {result.outcome}")
            return
        self._event(
            run,
            "unit",
            unit=result.unit,
            verdict=result.outcome.verdict.value,
            reason=result.outcome.reason,
            seconds=round(result.seconds, 3),
            cpu=round(result.cpu, 3),
            megabytes=result.megabytes,
            stages={name: round(seconds, 3) for name, seconds in result.stages.items()},
            branches={branch.service: str(branch.outcome) for branch in result.branches},
        )

    def end(self, ended: Ended) -> None:
        """A run is over, or was cancelled."""
        if ended.waves and not self._as_json:
            self._write(f"wave {ended.waves.wave}: {ended.waves.reason or 'sent'}")
        if self._as_json:
            wave = {"wave": ended.waves.wave, "why": ended.waves.reason} if ended.waves else {}
            self._event(ended.run, "end", units=len(ended.rows), cancelled=ended.run.cancelled, **wave)

    def _event(self, run: Run, event: str, **fields: object) -> None:
        head = {"time": datetime.now(UTC).isoformat(), "run": run.id, "action": run.action.value}
        self._write(json.dumps({**head, "event": event, **fields}))
