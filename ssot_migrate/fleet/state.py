"""The state of a fleet, in one SQLite file: every step is a transaction, so a kill loses at most what ran."""

from __future__ import annotations

import fcntl
import json
import secrets
import sqlite3
import time
import zlib
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple, Self

from ssot_migrate.errors import Refused, UsageError
from ssot_migrate.fleet.model import Action, Pushed, Result, Unit, Verdict

VERSION = 1
_DAY = 86_400


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
            folder.mkdir(parents=True, exist_ok=True)
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
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        with self.database:
            self.database.execute("BEGIN IMMEDIATE")
            yield self.database

    def begin(self, action: Action, units: Iterable[Unit]) -> Run:
        """A new run of ``action`` over ``units``."""
        run = Run(secrets.token_hex(8), action, time.time(), None, cancelled=False)
        with self._transaction() as database:
            for unit in units:
                row = (unit.name, unit.source, unit.group)
                database.execute("INSERT OR REPLACE INTO unit VALUES (?, ?, ?)", row)
                database.execute("INSERT INTO outcome (run, unit) VALUES (?, ?)", (run.id, unit.name))
            values = (run.id, action.value, run.began)
            database.execute("INSERT INTO run (id, action, began) VALUES (?, ?, ?)", values)
        return run

    def last_run(self, action: Action | None = None) -> Run | None:
        """The newest run, of ``action`` if one is named."""
        query = (
            "SELECT id, action, began, ended, cancelled FROM run WHERE action = ? OR ? ORDER BY began DESC"
        )
        row = self.database.execute(query, (action.value if action else "", action is None)).fetchone()
        return Run(row[0], Action(row[1]), row[2], row[3], bool(row[4])) if row else None

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

    def record(self, run: Run, result: Result) -> None:
        """Put a result on record, all of it at once."""
        with self._transaction() as database:
            database.execute(
                "UPDATE outcome SET verdict = ?, reason = ?, ended = ?, seconds = ?, megabytes = ?, "
                "stages = ? WHERE run = ? AND unit = ?",
                (
                    result.outcome.verdict.value,
                    result.outcome.reason,
                    time.time(),
                    result.seconds,
                    result.megabytes,
                    json.dumps(result.stages),
                    run.id,
                    result.unit,
                ),
            )
            if result.plan:
                self._record_plan(result)
            for branch in result.branches:
                self._record_branch(result.unit, branch, run.action)

    def _record_plan(self, result: Result) -> None:
        now = time.time()
        self.database.execute(
            "INSERT OR REPLACE INTO plan VALUES (?, ?, ?, ?, ?, ?)",
            (
                result.unit,
                result.digest,
                result.base,
                now,
                json.dumps(result.left),
                zlib.compress(result.plan),
            ),
        )
        rows = (
            (result.unit, row.service, int(now // _DAY), row.sites, row.compliant, row.compliant_after)
            for row in result.adoption
        )
        self.database.executemany("INSERT OR REPLACE INTO adoption VALUES (?, ?, ?, ?, ?, ?)", rows)

    def _record_branch(self, unit: str, branch: Pushed, action: Action) -> None:
        self.database.execute(
            "INSERT INTO branch (unit, service, made) VALUES (?, ?, ?) "
            "ON CONFLICT DO UPDATE SET made = excluded.made",
            (unit, branch.service, branch.commit),
        )
        if action is not Action.PUSH:
            return
        there = branch.outcome.verdict in {Verdict.DONE, Verdict.NOTHING}
        self.database.execute(
            "UPDATE branch SET verdict = ?, reason = ?, pushed = iif(?, made, pushed), "
            "first_pushed = iif(?, coalesce(first_pushed, ?), first_pushed) WHERE unit = ? AND service = ?",
            (
                branch.outcome.verdict.value,
                branch.outcome.reason,
                there,
                there,
                time.time(),
                unit,
                branch.service,
            ),
        )

    def plan_of(self, unit: str) -> bytes:
        """The newest sealed plan of a unit; empty if there is none."""
        row = self.database.execute("SELECT data FROM plan WHERE unit = ?", (unit,)).fetchone()
        return zlib.decompress(row[0]) if row else b""

    def pushed_of(self, unit: str) -> dict[str, str]:
        """By service, the commit that was pushed last."""
        query = "SELECT service, pushed FROM branch WHERE unit = ? AND pushed != ''"
        return dict(self.database.execute(query, (unit,)))

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
