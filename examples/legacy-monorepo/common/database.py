"""SQLite connections and schema migrations."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Sequence


class UnsupportedDatabase(ValueError):
    """The URL names a database that this build cannot open."""


def path_of(url: str) -> str:
    """``sqlite:///x.db`` as ``x.db``."""
    scheme, separator, rest = url.partition(":///")
    if scheme != "sqlite" or not separator:
        raise UnsupportedDatabase(f"cannot open {url.split('@')[-1]!r}")
    return rest


def connect(url: str | None = None) -> sqlite3.Connection:
    """Open ``url`` (by default ``DATABASE_URL``) with foreign keys on and rows by name."""
    if url is None:
        url = os.environ.get("DATABASE_URL", "sqlite:///:memory:")
    connection = sqlite3.connect(path_of(url), timeout=5.0)
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    return connection


def migrate(connection: sqlite3.Connection, steps: Sequence[str]) -> int:
    """Run the steps that have not run yet; returns how many did."""
    done = connection.execute("PRAGMA user_version").fetchone()[0]
    for number, step in enumerate(steps[done:], done + 1):
        with connection:
            connection.executescript(step)
            connection.execute(f"PRAGMA user_version = {number}")
    return max(0, len(steps) - done)
