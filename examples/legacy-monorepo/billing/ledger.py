"""Double entry bookkeeping; indented with tabs since 2014."""

import os
import sqlite3

from common import database
from common.money import Money

SCHEMA = ["""
CREATE TABLE entries (
    number INTEGER PRIMARY KEY,
    journal INTEGER NOT NULL,
    account TEXT NOT NULL,
    minor INTEGER NOT NULL,
    currency TEXT NOT NULL
);
CREATE INDEX entries_by_account ON entries (account);
"""]


class Unbalanced(ValueError):
	"""Debits and credits of a posting differ."""


class Ledger:
	def __init__(self, connection=None):
		if connection is None:
			connection = database.connect(os.environ.get("BILLING_DATABASE_URL", "sqlite:///:memory:"))
		self.connection = connection
		database.migrate(connection, SCHEMA)

	def post(self, **amounts):
		"""Write one posting, ``account=Money``; returns its journal number."""
		if sum(amount.minor for amount in amounts.values()) != 0:
			raise Unbalanced(", ".join("%s %s" % pair for pair in sorted(amounts.items())))
		if len({amount.currency for amount in amounts.values()}) > 1:
			raise Unbalanced("two currencies in one posting")
		with self.connection:
			journal = self.connection.execute("SELECT coalesce(max(journal), 0) + 1 FROM entries").fetchone()[0]
			for account, amount in amounts.items():
				self.connection.execute(
					"INSERT INTO entries (journal, account, minor, currency) VALUES (?, ?, ?, ?)",
					(journal, account, amount.minor, amount.currency),
				)
		return journal

	def balance(self, account):
		query = "SELECT coalesce(sum(minor), 0) FROM entries WHERE account = ?"
		return Money(self.connection.execute(query, (account,)).fetchone()[0])

	def reverse(self, journal):
		"""Post the opposite of a posting."""
		rows = self.connection.execute(
			"SELECT account, minor, currency FROM entries WHERE journal = ?", (journal,)
		).fetchall()
		if not rows:
			raise KeyError(journal)
		return self.post(**{row["account"]: Money(-row["minor"], row["currency"]) for row in rows})

	def accounts(self):
		rows = self.connection.execute("SELECT DISTINCT account FROM entries ORDER BY account")
		return [row["account"] for row in rows]


def open_ledger():
	"""The ledger of this process."""
	environ = os.environ
	url = environ["BILLING_DATABASE_URL"]
	try:
		return Ledger(database.connect(url))
	except sqlite3.OperationalError as error:
		raise RuntimeError("cannot open the ledger at %s" % url) from error
