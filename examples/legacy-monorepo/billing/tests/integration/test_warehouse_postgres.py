"""The reporting database on a real PostgreSQL: that of ``DATABASE_URL``, else these tests are skipped."""
import os
import secrets

import pytest

from billing.ledger import Ledger
from billing.tests.base import BillingTestCase
from billing.warehouse import Warehouse, connect


@pytest.mark.integration
class WarehouseOnPostgres(BillingTestCase):
    def setUp(self):
        super().setUp()
        if not os.environ.get("DATABASE_URL", "").startswith("postgresql:"):
            self.skipTest("DATABASE_URL names no PostgreSQL")
        self.schema = "test_" + secrets.token_hex(4)
        self.connection = self.open()
        self.connection.execute("CREATE SCHEMA " + self.schema)
        self.connection.commit()
        self.addCleanup(self.drop)
        self.warehouse = Warehouse(self.connection)
        self.ledger = Ledger()
        self.addCleanup(self.ledger.connection.close)
        self.ledger.post(bank=self.eur("10.00"), receivable=self.eur("-10.00"))

    def open(self):
        connection = connect()
        self.addCleanup(connection.close)
        connection.execute("SET search_path TO " + self.schema)
        connection.commit()
        return connection

    def drop(self):
        self.connection.rollback()
        self.connection.execute("DROP SCHEMA %s CASCADE" % self.schema)
        self.connection.commit()

    def test_totals_are_the_ledgers(self):
        self.ledger.post(bank=self.eur("0.55"), fees=self.eur("-0.55"))
        self.assertEqual(self.warehouse.export(self.ledger), 4)
        self.assertEqual(self.warehouse.totals(), {"bank": 1055, "receivable": -1000, "fees": -55})

    def test_nothing_is_copied_twice(self):
        self.assertEqual([self.warehouse.export(self.ledger) for _ in range(3)], [2, 0, 0])

    def test_all_or_nothing(self):
        import psycopg

        self.warehouse.export(self.ledger)
        self.ledger.post(bank=self.eur("1.00"), receivable=self.eur("-1.00"))
        with self.ledger.connection:
            self.ledger.connection.execute("UPDATE entries SET currency = 'EURO' WHERE number = 4")
        with self.assertRaises(psycopg.errors.DataError):
            self.warehouse.export(self.ledger)
        self.assertEqual(self.warehouse.totals(), {"bank": 1000, "receivable": -1000})

    def test_others_see_what_was_exported(self):
        self.warehouse.export(self.ledger)
        self.connection.commit()
        self.assertEqual(Warehouse(self.open()).totals()["bank"], 1000)
