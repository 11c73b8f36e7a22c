"""Tests of the Django admin that was switched off in 2021.

The admin itself lives in the archive; Django is in no requirements file any more, and pytest does not
collect a file of this name.
"""
import os

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "backend.admin.settings")

from django.test import SimpleTestCase, TestCase  # noqa: E402
from django.urls import reverse  # noqa: E402


class TicketAdminTest(TestCase):
    fixtures = ["tickets.json"]

    @classmethod
    def setUpTestData(cls):
        cls.url = reverse("admin:tickets_ticket_changelist")

    def test_login_required(self):
        self.assertRedirects(self.client.get(self.url), "/admin/login/?next=" + self.url)


class SettingsTest(SimpleTestCase):
    def test_debug_is_off(self):
        with self.settings(DEBUG=os.environ.get("BACKEND_DEBUG") == "1"):
            self.assertContains(self.client.get("/admin/"), "Harborline")
