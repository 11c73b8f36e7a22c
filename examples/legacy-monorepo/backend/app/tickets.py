"""Tickets and where they are kept."""

from __future__ import annotations

import dataclasses
import sqlite3
from enum import Enum

from common import database, ids

SCHEMA = [
    """
    CREATE TABLE tickets (
        id TEXT PRIMARY KEY, tenant TEXT NOT NULL, subject TEXT NOT NULL, body TEXT NOT NULL,
        status TEXT NOT NULL DEFAULT 'open', priority TEXT NOT NULL DEFAULT 'normal', category TEXT
    );
    CREATE INDEX tickets_by_tenant ON tickets (tenant, status);
    """,
    """
    CREATE TABLE replies (
        number INTEGER PRIMARY KEY, ticket TEXT NOT NULL REFERENCES tickets (id) ON DELETE CASCADE,
        author TEXT NOT NULL, body TEXT NOT NULL
    );
    """,
]


class Status(str, Enum):
    OPEN = "open"
    PENDING = "pending"
    SOLVED = "solved"
    CLOSED = "closed"


TRANSITIONS = {
    Status.OPEN: {Status.PENDING, Status.SOLVED},
    Status.PENDING: {Status.OPEN, Status.SOLVED},
    Status.SOLVED: {Status.OPEN, Status.CLOSED},
    Status.CLOSED: set(),
}


class TicketError(Exception):
    """Base of what can go wrong with a ticket."""


class NoSuchTicket(TicketError):
    pass


class IllegalTransition(TicketError):
    pass


@dataclasses.dataclass(frozen=True)
class Ticket:
    id: str
    tenant: str
    subject: str
    body: str
    status: Status = Status.OPEN
    priority: str = "normal"
    category: str | None = None


class TicketStore:
    """Tickets in a database; every method sees one tenant only."""

    def __init__(self, connection: sqlite3.Connection):
        self.connection = connection
        database.migrate(connection, SCHEMA)

    def create(self, tenant: str, subject: str, body: str) -> Ticket:
        ticket = Ticket(ids.new("ticket"), tenant, subject, body)
        with self.connection:
            self.connection.execute(
                "INSERT INTO tickets (id, tenant, subject, body) VALUES (?, ?, ?, ?)",
                (ticket.id, tenant, subject, body),
            )
        return ticket

    def get(self, tenant: str, ticket_id: str) -> Ticket:
        row = self.connection.execute(
            "SELECT * FROM tickets WHERE id = ? AND tenant = ?", (ticket_id, tenant)
        ).fetchone()
        if row is None:
            raise NoSuchTicket(ticket_id)
        return _ticket(row)

    def list(self, tenant: str, status: Status | None = None) -> list[Ticket]:
        query = "SELECT * FROM tickets WHERE tenant = ?"
        values = [tenant]
        if status is not None:
            query += " AND status = ?"
            values.append(status.value)
        return [_ticket(row) for row in self.connection.execute(query + " ORDER BY rowid", values)]

    def move(self, tenant: str, ticket_id: str, status: Status) -> Ticket:
        ticket = self.get(tenant, ticket_id)
        if status not in TRANSITIONS[ticket.status]:
            raise IllegalTransition(f"{ticket.status.value} -> {status.value}")
        self._set(ticket_id, "status", status.value)
        return dataclasses.replace(ticket, status=status)

    def classify(self, tenant: str, ticket_id: str, priority: str, category: str) -> Ticket:
        self.get(tenant, ticket_id)
        self._set(ticket_id, "priority", priority)
        self._set(ticket_id, "category", category)
        return self.get(tenant, ticket_id)

    def reply(self, tenant: str, ticket_id: str, author: str, body: str) -> int:
        """Add a reply and return its number; a reply to a solved ticket opens it again."""
        ticket = self.get(tenant, ticket_id)
        if ticket.status is Status.CLOSED:
            raise IllegalTransition("a closed ticket takes no replies")
        with self.connection:
            cursor = self.connection.execute(
                "INSERT INTO replies (ticket, author, body) VALUES (?, ?, ?)", (ticket_id, author, body)
            )
        if ticket.status is Status.SOLVED:
            self._set(ticket_id, "status", Status.OPEN.value)
        return cursor.lastrowid

    def replies(self, tenant: str, ticket_id: str) -> list[tuple[str, str]]:
        self.get(tenant, ticket_id)
        rows = self.connection.execute(
            "SELECT author, body FROM replies WHERE ticket = ? ORDER BY number", (ticket_id,)
        )
        return [(row["author"], row["body"]) for row in rows]

    def _set(self, ticket_id: str, column: str, value: str) -> None:
        with self.connection:
            self.connection.execute(f"UPDATE tickets SET {column} = ? WHERE id = ?", (value, ticket_id))


def _ticket(row: sqlite3.Row) -> Ticket:
    return Ticket(
        row["id"], row["tenant"], row["subject"], row["body"], Status(row["status"]), row["priority"], row["category"]
    )
