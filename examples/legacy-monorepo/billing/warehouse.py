"""Postings copied to the reporting database, which is PostgreSQL."""

from __future__ import annotations

import os

from billing.ledger import Ledger

SCHEMA = """
CREATE TABLE IF NOT EXISTS postings (
    number bigint PRIMARY KEY,
    journal bigint NOT NULL,
    account text NOT NULL,
    minor bigint NOT NULL,
    currency char(3) NOT NULL
)
"""


def connect(url: str | None = None):
    """A connection to ``url``, by default ``DATABASE_URL``; needs psycopg."""
    import psycopg

    return psycopg.connect(url or os.environ["DATABASE_URL"], connect_timeout=5)


class Warehouse:
    """What finance looks at; everything it gets, it gets from a ledger."""

    def __init__(self, connection):
        self.connection = connection
        with connection.transaction():
            connection.execute(SCHEMA)

    def export(self, ledger: Ledger) -> int:
        """Copy the entries that are not there yet, all or none; returns how many."""
        with self.connection.transaction():
            last = self.connection.execute("SELECT coalesce(max(number), 0) FROM postings").fetchone()[0]
            query = "SELECT number, journal, account, minor, currency FROM entries WHERE number > ? ORDER BY number"
            rows = [tuple(row) for row in ledger.connection.execute(query, (last,))]
            with self.connection.cursor() as cursor:
                cursor.executemany("INSERT INTO postings VALUES (%s, %s, %s, %s, %s)", rows)
        return len(rows)

    def totals(self) -> dict[str, int]:
        """Minor units by account."""
        rows = self.connection.execute("SELECT account, sum(minor)::bigint FROM postings GROUP BY account")
        return dict(rows.fetchall())
