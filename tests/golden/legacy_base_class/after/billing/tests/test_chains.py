"""Tests on bases of their own: two of them become aliases."""

from billing.tests.base import BillingTestCase
from test_framework.ssot.base_test_case import SSotBaseTestCase


class NewChainTest(BillingTestCase):
    def test_cents(self):
        self.assertCents(1.001, 1.0)


class OldChainTest(BillingTestCase):
    def test_cents(self):
        self.assertCents(1.001, 1.0)


class EmptyChainTest(SSotBaseTestCase):
    def test_cents(self):
        self.assertEqual(1, 1)
