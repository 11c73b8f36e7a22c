"""The state of a fleet, in one SQLite file: every step is a transaction, so a kill loses at most what ran."""

from __future__ import annotations

import fcntl
import json
import secrets
import sqlite3
import tempfile
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple, Self

from ssot_migrate.errors import Refused, UsageError
from ssot_migrate.fleet.model import Action, Unit, Verdict

VERSION = 1


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


class State:
    """The state in ``folder``; one process at a time may work, any number may look."""

    def __init__(self, folder: Path) -> None:
        """Open it, and make it if there is none.

        Raises:
            UsageError: the folder cannot be written to, or another version wrote it.
        """
        try:
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            self.database = sqlite3.connect(folder / "fleet.sqlite", timeout=60, isolation_level=None)
            self.database.execute("PRAGMA journal_mode = WAL")
            (version,) = self.database.execute("PRAGMA user_version").fetchone()
            if version not in (0, VERSION):
                raise UsageError(
                    f"{folder} has state of version {version}", hint="name another `state` folder"
                )
            self.database.executescript((files("ssot_migrate.fleet") / "schema.sql").read_text("utf-8"))
        except (OSError, sqlite3.DatabaseError) as error:
            raise UsageError(
                f"cannot open the fleet's state in {folder}: {error}", hint="check it"
            ) from error
        self.folder = folder

    def __enter__(self) -> Self:
        """Nothing more to do."""
        return self

    def __exit__(self, *_: object) -> None:
        """Close the file."""
        self.database.close()

    @contextmanager
    def copy(self) -> Iterator[State]:
        """A state like this one, in which a run leaves no trace."""
        with tempfile.TemporaryDirectory() as folder, State(Path(folder)) as other:
            self.database.backup(other.database)
            yield other

    @contextmanager
    def working(self) -> Iterator[None]:
        """Be the one process that works.

        Raises:
            Refused: another one does.
        """
        with (self.folder / "lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except OSError:
                hint = "`status` shows how far it is, `cancel` ends it"
                raise Refused(f"another process works on {self.folder}", hint=hint) from None
            yield

    @contextmanager
    def transaction(self) -> Iterator[sqlite3.Connection]:
        """All of the block's changes, or none."""
        with self.database:
            self.database.execute("BEGIN IMMEDIATE")
            yield self.database

    def begin(self, action: Action, units: Iterable[Unit]) -> Run:
        """A new run of ``action`` over ``units``."""
        run = Run(secrets.token_hex(8), action, time.time(), None, cancelled=False)
        with self.transaction() as database:
            for unit in units:
                row = (unit.name, unit.source, unit.group)
                database.execute("INSERT OR REPLACE INTO unit VALUES (?, ?, ?)", row)
                database.execute("INSERT INTO outcome (run, unit) VALUES (?, ?)", (run.id, unit.name))
            values = (run.id, action.value, run.began)
            database.execute("INSERT INTO run (id, action, began) VALUES (?, ?, ?)", values)
        return run

    def runs(self) -> list[Run]:
        """All runs, the oldest first."""
        rows = self.database.execute("SELECT id, action, began, ended, cancelled FROM run ORDER BY began")
        return [Run(row[0], Action(row[1]), row[2], row[3], bool(row[4])) for row in rows]

    def last_run(self, action: Action | None = None) -> Run | None:
        """The newest run, of ``action`` if one is named."""
        return next((run for run in self.runs()[::-1] if action in (None, run.action)), None)

    def rows(self, run: Run) -> list[Row]:
        """How each unit of ``run`` stands."""
        query = (
            "SELECT unit, grp, verdict, reason, seconds, megabytes, stages FROM outcome "
            "JOIN unit ON unit.name = unit WHERE run = ? ORDER BY unit"
        )
        return [
            Row(unit, group, Verdict(ended) if ended else None, reason, seconds, peak, json.loads(stages))
            for unit, group, ended, reason, seconds, peak, stages in self.database.execute(query, (run.id,))
        ]

    def end(self, run: Run) -> None:
        """Say that ``run`` is over."""
        self.database.execute("UPDATE run SET ended = ? WHERE id = ?", (time.time(), run.id))

    def cancel(self, run: Run) -> None:
        """Ask whoever works on ``run`` to stop."""
        self.database.execute("UPDATE run SET cancelled = 1 WHERE id = ?", (run.id,))

    def revive(self, run: Run) -> None:
        """Forget that somebody has asked to stop ``run``."""
        self.database.execute("UPDATE run SET cancelled = 0 WHERE id = ?", (run.id,))

    def is_cancelled(self, run: Run) -> bool:
        """Whether somebody has asked to stop ``run``."""
        row = self.database.execute("SELECT cancelled FROM run WHERE id = ?", (run.id,)).fetchone()
        return bool(row and row[0])
