"""Tickets through the API."""
import unittest
from unittest import mock

from backend.app import settings
from backend.app.context import UserContext
from backend.tests.api.base import ApiTestCase


class TicketRoutes(ApiTestCase):
    def test_open_and_read(self):
        ticket = self.open_ticket()
        status, shown = self.get(f"/tickets/{ticket}")
        self.assertEqual(status, 200)
        self.assertEqual(shown["priority"], "critical")
        self.assertEqual(shown["replies"], [])

    def test_list_is_per_tenant(self):
        self.open_ticket()
        other = UserContext("bob", "globex", frozenset({"ticket.*"}))
        self.assertEqual(self.get("/tickets")[1]["total"], 1)
        self.assertEqual(self.get("/tickets", user=other)[1]["total"], 0)

    def test_foreign_ticket_is_not_found(self):
        ticket = self.open_ticket()
        other = UserContext("bob", "globex", frozenset({"ticket.*"}))
        self.assertEqual(self.get(f"/tickets/{ticket}", user=other)[0], 404)

    def test_filter_by_status(self):
        first, _second = self.open_ticket(), self.open_ticket()
        self.post(f"/tickets/{first}/status", {"status": "solved"})
        shown = self.get("/tickets", status="solved")[1]
        self.assertEqual([ticket["id"] for ticket in shown["tickets"]], [first])

    def test_page_size_from_environment(self):
        self.set_env("HARBOR_PAGE_SIZE", 2)
        for _ in range(3):
            self.open_ticket()
        shown = self.get("/tickets")[1]
        self.assertEqual((len(shown["tickets"]), shown["total"]), (2, 3))

    def test_illegal_transition(self):
        ticket = self.open_ticket()
        status, shown = self.post(f"/tickets/{ticket}/status", {"status": "closed"})
        self.assertEqual((status, shown["error"]), (409, "open -> closed"))

    def test_bad_requests(self):
        ticket = self.open_ticket()
        for path, body in [
            ("/tickets", {}),
            ("/tickets", {"subject": "no body"}),
            (f"/tickets/{ticket}/status", {"status": "lost"}),
            (f"/tickets/{ticket}/replies", {}),
        ]:
            with self.subTest(path=path, body=body):
                self.assertEqual(self.post(path, body)[0], 400)

    def test_too_long(self):
        with mock.patch.object(settings.Limits, "body_chars", 10):
            status, shown = self.post("/tickets", {"subject": "x", "body": "y" * 11})
        self.assertEqual(status, 413)
        self.assertIn("too long", shown["error"])

    def test_replies(self):
        ticket = self.open_ticket()
        self.assertEqual(self.post(f"/tickets/{ticket}/replies", {"body": "On it"})[0], 201)
        self.assertEqual(self.get(f"/tickets/{ticket}")[1]["replies"], [{"author": "ada", "body": "On it"}])

    def test_health_names_the_environment(self):
        self.assertEqual(self.get("/health")[1]["env"], "test")

    def test_unknown_route_and_method(self):
        self.assertEqual(self.get("/nothing")[0], 404)
        self.assertEqual(self.post("/health")[0], 405)


class ReadOnlyUser(ApiTestCase):
    permissions = ("ticket.read",)

    def test_may_list(self):
        self.assertEqual(self.get("/tickets")[0], 200)

    def test_may_not_write(self):
        status, shown = self.post("/tickets", {"subject": "a", "body": "b"})
        self.assertEqual((status, shown["error"]), (403, "ada may not ticket.write"))

    @unittest.skip("bulk export was moved to the reporting service")
    @mock.patch("backend.app.api.BulkExporter")
    def test_may_not_export(self, exporter):
        self.assertEqual(self.post("/export")[0], 403)
        exporter.assert_not_called()


class SearchRoutes(ApiTestCase):
    def setUp(self):
        super().setUp()
        self.printer = self.open_ticket("Printer on fire", "smoke everywhere")
        self.invoice = self.open_ticket("Invoice wrong", "the printer was charged twice")

    def test_all_words_must_match(self):
        self.assertEqual(self.get("/search", q="printer smoke")[1]["ids"], [self.printer])

    def test_best_first(self):
        self.assertEqual(set(self.get("/search", q="printer")[1]["ids"]), {self.printer, self.invoice})

    def test_other_tenants_find_nothing(self):
        other = UserContext("bob", "globex", frozenset({"ticket.read"}))
        self.assertEqual(self.get("/search", user=other, q="printer")[1]["ids"], [])

    def test_query_is_required(self):
        self.assertEqual(self.get("/search")[0], 400)


if __name__ == "__main__":
    unittest.main(defaultTest="TicketRoutes", verbosity=2)
