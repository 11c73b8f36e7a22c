"""Usage is counted from the backend's tickets: two services in one test."""
import os
import unittest
from unittest.mock import patch

from backend.app.tickets import Status, TicketStore
from backend.tests.base import HarborTestCase
from billing.metering import Meter, overage
from common import database


class UsageFromTickets(HarborTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.connection = database.connect("sqlite:///:memory:")
        cls.addClassCleanup(cls.connection.close)
        cls.store = TicketStore(cls.connection)

    def setUp(self):
        super().setUp()
        self.meter = Meter()
        self.addCleanup(lambda: os.environ.pop("BILLING_COUNT_SOLVED_ONLY", None))

    def tearDown(self):
        self.connection.execute("DELETE FROM tickets")
        super().tearDown()

    def count(self, month="2023-03"):
        only_solved = os.environ.get("BILLING_COUNT_SOLVED_ONLY") == "1"
        for ticket in self.store.list("acme", Status.SOLVED if only_solved else None):
            self.meter.record(ticket.id, "acme", month)
        return self.meter.usage("acme", month)

    def test_every_ticket_counts_once(self):
        for _ in range(3):
            self.store.create("acme", "s", "b")
        self.assertEqual((self.count(), self.count()), (3, 3))

    def test_solved_only(self):
        first = self.store.create("acme", "s", "b")
        self.store.create("acme", "s", "b")
        self.store.move("acme", first.id, Status.SOLVED)
        self.set_env("BILLING_COUNT_SOLVED_ONLY", 1)
        self.assertEqual(self.count(), 1)

    def test_other_tenants_do_not_count(self):
        self.store.create("globex", "s", "b")
        self.assertEqual(self.count(), 0)

    def test_overage_with_the_price_of_a_fresh_import(self):
        with patch.dict(os.environ, {"BILLING_OVERAGE": "0.20"}):
            from billing.metering import overage_price

            self.assertEqual(overage_price().minor, 20)
            self.assertEqual(overage("free", 51).minor, 20)

    def test_limit_from_the_backend(self):
        def agents():
            import os as system

            from backend.app import settings

            system.environ["BACKEND_MAX_AGENTS"] = "11"
            return settings.max_agents()

        self.assertEqual(agents(), 11)
        self.assertEqual(os.environ.get("BACKEND_MAX_AGENTS"), "11")


if __name__ == "__main__":
    unittest.main(module=__name__, failfast=True)
