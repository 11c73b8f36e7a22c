import os
import unittest
from decimal import Decimal
from unittest import mock

from billing import tax
from billing.generated import tax_table
from billing.tests.base import BillingTestCase
from common.testing.mixins import MoneyAssertionsMixin


class Rates(BillingTestCase):  # noqa: D101
    def setUp(self):
        super().setUp()
        self.unset_env("BILLING_TAX_OVERRIDE")
        self.unset_env("BILLING_HOME_COUNTRY")

    def test_vat(self):
        for country, percent in [("NL", 21), ("DE", 19), ("LU", 17), ("JP", 0)]:
            with self.subTest(country=country):
                self.assertEqual(tax.rate(country), percent)

    def test_reverse_charge(self):
        self.assertEqual(tax.rate("DE", vat_id="DE123"), 0)
        self.assertEqual(tax.rate("NL", vat_id="NL123"), 21)

    def test_reverse_charge_from_another_home(self):
        self.set_env("BILLING_HOME_COUNTRY", "DE")
        self.assertEqual(tax.rate("DE", vat_id="DE123"), 19)
        self.assertEqual(tax.rate("NL", vat_id="NL123"), 0)

    def test_sales_tax_by_zone(self):
        self.assertEqual(tax.rate("US", "CA-001"), Decimal(tax_table.RATES["CA-001"]) / 1000)

    def test_unknown_zone(self):
        with self.assertRaisesRegex(tax.TaxError, "'XX-999'"):
            tax.rate("US", "XX-999")

    def test_override(self):
        self.set_env("BILLING_TAX_OVERRIDE", "7.5")
        self.assertEqual(tax.rate("NL"), Decimal("7.5"))


class Amounts(BillingTestCase, MoneyAssertionsMixin):
    def test_tax(self):
        self.assertMoney(tax.tax(self.eur("100"), "DE"), "19.00 EUR")

    def test_included(self):
        self.assertMoney(tax.included_tax(self.eur("121"), "NL"), "21.00 EUR")
        self.assertMoney(tax.included_tax(self.eur("100"), "JP"), "0.00 EUR")

    @unittest.skipIf(os.environ.get("BILLING_SKIP_SLOW_TAX"), "asked for")
    def test_included_and_net_make_gross(self):
        for cents in range(1, 2000, 7):
            gross = self.eur(cents).times("0.01")
            included = tax.included_tax(gross, "FR")
            self.assertSumsTo([included, gross - included], gross)


class Table(unittest.TestCase):
    def test_generated_file_is_current(self):
        from scripts import generate_tax_table

        with mock.patch.dict(os.environ):
            os.environ.pop("BILLING_TAX_FEED", None)
            with mock.patch("sys.argv", ["generate_tax_table.py", "--check"]):
                self.assertEqual(generate_tax_table.main(), 0)

    def test_all_rates_are_plausible(self):
        self.assertTrue(all(4000 <= rate <= 10250 for rate in tax_table.RATES.values()))


if __name__ == "__main__":
    unittest.main(argv=["test_tax"], exit=True)
