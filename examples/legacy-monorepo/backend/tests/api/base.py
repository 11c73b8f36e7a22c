from backend.app import settings
from backend.app.api import Api
from backend.app.context import UserContext
from backend.app.tickets import TicketStore
from backend.tests.base import HarborTestCase
from common import database


class ApiTestCase(HarborTestCase):
    """A fresh API over an empty store, and a user who may do everything with tickets."""

    permissions = ("ticket.*",)

    def setUp(self):
        super().setUp()
        self.connection = database.connect(settings.DATABASE_URL)
        self.addCleanup(self.connection.close)
        self.api = Api(TicketStore(self.connection))
        self.user = UserContext("ada", "acme", frozenset(self.permissions))

    def get(self, path, user=None, **query):
        return self.api.handle("GET", path, user or self.user, query=query)

    def post(self, path, body=None, user=None):
        return self.api.handle("POST", path, user or self.user, body)

    def open_ticket(self, subject="Printer on fire", body="It is down, urgent"):
        status, shown = self.post("/tickets", {"subject": subject, "body": body})
        self.assertEqual(status, 201, shown)
        return shown["id"]
