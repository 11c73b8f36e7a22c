"""The ledger; tabs here as well."""

import os
import sqlite3
import unittest

from billing import ledger
from billing.tests.ledger_case import FileLedgerTestCase, LedgerTestCase
from common import database
from common.money import Money


class Postings(LedgerTestCase):
	def test_balances(self):
		self.ledger.post(receivable=self.eur("119"), revenue=self.eur("-100"), vat=self.eur("-19"))
		self.assertMoney(self.ledger.balance("receivable"), "119.00 EUR")
		self.assertMoney(self.ledger.balance("vat"), "-19.00 EUR")

	def test_unbalanced_is_refused_whole(self):
		with self.assertRaises(ledger.Unbalanced):
			self.ledger.post(receivable=self.eur("119"), revenue=self.eur("-100"))
		self.assertEqual(self.ledger.accounts(), [])

	def test_two_currencies(self):
		with self.assertRaisesRegex(ledger.Unbalanced, "two currencies"):
			self.ledger.post(a=Money(1, "EUR"), b=Money(-1, "USD"))

	def test_reverse(self):
		journal = self.ledger.post(bank=self.eur("5"), receivable=self.eur("-5"))
		self.assertEqual(self.ledger.reverse(journal), journal + 1)
		self.assertFalse(self.ledger.balance("bank"))

	def test_reverse_of_nothing(self):
		self.assertRaises(KeyError, self.ledger.reverse, 99)

	def test_accounts_are_sorted(self):
		self.ledger.post(zebra=Money(1), apple=Money(-1))
		self.assertEqual(self.ledger.accounts(), ["apple", "zebra"])


class OnDisk(FileLedgerTestCase):
	def test_second_connection_sees_it(self):
		self.ledger.post(bank=self.eur("5"), receivable=self.eur("-5"))
		other = ledger.open_ledger()
		self.addCleanup(other.connection.close)
		self.assertMoney(other.balance("bank"), "5.00 EUR")

	def test_migrations_do_not_run_twice(self):
		other = database.connect(os.environ["BILLING_DATABASE_URL"])
		self.addCleanup(other.close)
		self.assertEqual(database.migrate(other, ledger.SCHEMA), 0)

	def test_unreadable_file(self):
		os.environ["BILLING_DATABASE_URL"] = "sqlite:///%s/no/such/folder/x.db" % self.folder
		with self.assertRaisesRegex(RuntimeError, "cannot open the ledger") as caught:
			ledger.open_ledger()
		self.assertIsInstance(caught.exception.__cause__, sqlite3.OperationalError)

	def test_url_is_required(self):
		del os.environ["BILLING_DATABASE_URL"]
		self.assertRaises(KeyError, ledger.open_ledger)


def load_tests(loader, tests, pattern):
	"""For ``python -m unittest``: the ones in memory first."""
	suite = unittest.TestSuite()
	for case in (Postings, OnDisk):
		suite.addTests(loader.loadTestsFromTestCase(case))
	return suite


if __name__ == "__main__":
	unittest.main()
