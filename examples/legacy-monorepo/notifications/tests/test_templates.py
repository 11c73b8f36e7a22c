"""Texts: values in, whole message out."""
import os
import unittest
from unittest.mock import patch

from base_case import BaseTestCase
from notifications import templates


class Rendering(BaseTestCase):
    def test_layout(self):
        text = templates.render("ticket_solved", "Ada", subject="Printer")
        self.assertStartsWith_(text, "Dear Ada,\n\n“Printer” has been solved.")
        self.assertTrue(text.endswith("– Your Harborline team"))

    def test_no_recipient(self):
        self.assertStartsWith_(templates.render("ticket_solved", subject="x"), "Hello,")

    def test_missing_value(self):
        with self.assertRaisesRegex(templates.TemplateError, "invoice needs a value for amount"):
            templates.render("invoice", number="INV-1", due="tomorrow")

    def test_unknown(self):
        self.assertRaisesExactly(templates.TemplateError, templates.render, "greeting_card")

    def test_dollar_in_a_value(self):
        self.assertIn("$100 and $body", templates.render("ticket_solved", subject="$100 and $body"))


class Overrides(BaseTestCase):
    def test_text(self):
        os.environ["NOTIFY_TEXT_TICKET_SOLVED"] = "Done: $subject"
        self.assertIn("Done: Printer", templates.render("ticket_solved", subject="Printer"))

    def test_empty_text_is_no_override(self):
        os.environ["NOTIFY_TEXT_TICKET_SOLVED"] = ""
        self.assertIn("has been solved", templates.text("ticket_solved"))

    @patch.dict(os.environ, {"NOTIFY_SIGNATURE": "The desk"})
    def test_signature(self):
        self.assertTrue(templates.render("ticket_solved", subject="x").endswith("– The desk"))

    def test_layout_is_read_once(self):
        with patch.dict(os.environ, NOTIFY_LAYOUT="$body"):
            self.assertIn("Hello", templates.render("ticket_solved", subject="x"))
        with patch("notifications.templates.LAYOUT", "$body"):
            self.assertStartsWith_(templates.render("ticket_solved", subject="x"), "“x”")


class EveryText(unittest.TestCase):
    VALUES = {"subject": "S", "due": "D", "number": "N", "amount": "A"}

    def test_renders(self):
        for name in templates.TEXTS:
            with self.subTest(text=name):
                self.assertNotIn("$", templates.render(name, **self.VALUES))


if __name__ == "__main__":
    unittest.main()
