"""The state of a fleet, in one SQLite file: every step is a transaction, so a kill loses at most what ran."""

from __future__ import annotations

import fcntl
import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.resources import files
from pathlib import Path
from typing import Self

from ssot_migrate.errors import Refused, UsageError

VERSION = 1


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
