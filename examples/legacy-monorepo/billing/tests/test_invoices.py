"""Invoices from lines to files."""
import csv
import datetime as dt
import io
import os
import unittest
from concurrent.futures import ThreadPoolExecutor
from unittest import mock

from billing import dunning, export, legacy_rates, settings
from billing.invoices.lines import Invoice, Line, monthly_lines
from billing.invoices.numbering import Numbering, parse
from billing.tests.base import BillingTestCase
from common.money import Money
from common.testing.mixins import MoneyAssertionsMixin


def invoice(*lines, country="NL", vat_id="", number="INV-2023-00001", customer="Acme"):
    return Invoice(number, customer, country, list(lines), dt.date(2023, 3, 1), vat_id)


class InvoiceTotals(MoneyAssertionsMixin, BillingTestCase):
    def test_gross(self):
        made = invoice(Line("Plan", self.eur("49")), Line("Seats", self.eur("9"), 2))
        self.assertMoney(made.net, "67.00 EUR")
        self.assertMoney(made.gross, "81.07 EUR")

    def test_reverse_charge_footer(self):
        made = invoice(Line("Plan", self.eur("49")), country="DE", vat_id="DE123")
        self.assertIn("Reverse charge", made.footer())
        self.assertMoney(made.gross, "49.00 EUR")

    def test_footer_from_environment(self):
        self.assertEqual(invoice().footer(), "")
        self.set_env("BILLING_FOOTER", "Thank you!")
        self.assertEqual(invoice().footer(), "Thank you!")

    def test_due(self):
        self.assertEqual(invoice().due, dt.date(2023, 3, 31))
        os.environ["BILLING_TERMS"] = "14"
        self.assertEqual(invoice().due, dt.date(2023, 3, 15))

    def test_monthly_lines(self):
        lines = monthly_lines("team", used=2100, extra_seats=2)
        self.assertEqual([str(line.amount) for line in lines], ["49.00 EUR", "18.00 EUR", "5.00 EUR"])

    def test_lines_of_zero_are_left_out(self):
        self.assertEqual(monthly_lines("free", used=10), [])

    def test_seat_price_from_environment(self):
        with mock.patch.dict("os.environ", {"BILLING_SEAT_PRICE": "7.50"}):
            lines = monthly_lines("team", used=0, extra_seats=4)
        self.assertMoney(lines[1].amount, "30.00 EUR")


class Numbers(BillingTestCase):
    def test_series_by_year(self):
        numbering = Numbering({2022: 41})
        self.assertEqual(numbering.next(2022), "INV-2022-00042")
        self.assertEqual(numbering.next(2023), "INV-2023-00001")

    def test_prefix_from_environment(self):
        settings.set_for_process(invoice_prefix="HB")
        self.assertEqual(Numbering().next(2023), "HB-2023-00001")

    def test_parse(self):
        self.assertEqual(parse("INV-2023-00017"), ("INV", 2023, 17))
        for bad in ("", "INV", "INV-23-1", "inv-2023-00001"):
            with self.subTest(bad=bad), self.assertRaises(ValueError):
                parse(bad)

    def test_gaps(self):
        numbering = Numbering()
        made = [numbering.next(2023) for _ in range(5)]
        self.assertEqual(numbering.gaps([made[0], made[3], "INV-2022-00002"], 2023), [2, 3, 5])

    def test_threads_get_different_numbers(self):
        numbering = Numbering()
        with ThreadPoolExecutor(8) as pool:
            made = list(pool.map(lambda _: numbering.next(2023), range(200)))
        self.assertEqual(len(set(made)), 200)


class Dunning(BillingTestCase):
    DUE = dt.date(2023, 3, 1)

    def test_schedule(self):
        self.assertEqual(
            dunning.schedule(self.DUE),
            [(dt.date(2023, 3, 15), "friendly"), (dt.date(2023, 3, 22), "firm"), (dt.date(2023, 3, 29), "final")],
        )

    def test_schedule_from_environment(self):
        self.set_env("BILLING_GRACE_DAYS", 0)
        self.set_env("BILLING_REMINDER_EVERY", 1)
        self.assertEqual([day.day for day, _ in dunning.schedule(self.DUE)], [1, 2, 3])

    def test_step_on(self):
        self.assertEqual(dunning.step_on(dt.date(2023, 3, 22), self.DUE), "firm")
        self.assertIsNone(dunning.step_on(dt.date(2023, 3, 23), self.DUE))

    def test_suspension(self):
        self.assertFalse(dunning.suspended(dt.date(2023, 4, 5), self.DUE))
        self.assertTrue(dunning.suspended(dt.date(2023, 4, 6), self.DUE))

    @mock.patch.dict(os.environ, {"BILLING_NEVER_SUSPEND": "True"})
    def test_never_suspended(self):
        self.assertFalse(dunning.suspended(dt.date(2024, 1, 1), self.DUE))

    def test_fee(self):
        os.environ.update({"BILLING_FEE_FIRM": "500", "BILLING_FEE_FINAL": "1500"})
        self.assertEqual([dunning.fee(step) for step in dunning.STEPS], [0, 500, 1500])


class Export(BillingTestCase):
    def read(self, data, encoding="utf-8", delimiter=";"):
        return list(csv.DictReader(io.StringIO(data.decode(encoding), newline=""), delimiter=delimiter))

    def test_columns(self):
        rows = self.read(export.to_csv([invoice(Line("Plan", self.eur("49")))]))
        self.assertEqual(rows[0]["gross"], "5929")

    def test_delimiter(self):
        self.set_env("BILLING_EXPORT_DELIMITER", "\t")
        self.assertIn(b"number\tdate", export.to_csv([]))

    def test_encoding(self):
        self.set_env("BILLING_EXPORT_ENCODING", "latin-1")
        data = export.to_csv([invoice(customer="Café Žižka")])
        self.assertEqual(self.read(data, "latin-1")[0]["customer"], "Café ?i?ka")


class Rates(unittest.TestCase):
    """The module's own ``environ`` may be something else than that of ``os``."""

    def tearDown(self):
        legacy_rates.use(None)

    def test_given_mapping(self):
        legacy_rates.use({"RATE_USD": "1.25"})
        self.assertEqual(legacy_rates.convert(1000, "EUR", "USD"), 1250)
        self.assertEqual(legacy_rates.known(), ["USD"])

    def test_process_environment(self):
        with mock.patch.dict(os.environ, {"RATE_CHF": "0.98"}):
            self.assertEqual(legacy_rates.convert(1000, "EUR", "CHF"), 980)
        with self.assertRaises(KeyError):
            legacy_rates.rate("CHF")

    def test_module_attribute_patched(self):
        with mock.patch("billing.legacy_rates.environ", {"RATE_JPY": "150"}):
            self.assertEqual(legacy_rates.convert(100, "EUR", "JPY"), 15000)


def test_rates_fixture(rates):
    assert rates.known() == ["GBP", "USD"]
    assert rates.convert(100, "USD", "GBP") == 64


def test_money_in_other_currencies():
    assert settings.currency() == os.environ["BILLING_CURRENCY"] == "EUR"
    assert Money(1, settings.currency()).currency == "EUR"
