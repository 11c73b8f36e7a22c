"""Tests on bases of their own: two of them become aliases."""

from billing.tests.base import BillingTestCase
from billing.tests.empty_base import BaseTestCase
from billing.tests.old_base import OldBillingCase


class NewChainTest(BillingTestCase):
    def test_cents(self):
        self.assertCents(1.001, 1.0)


class OldChainTest(OldBillingCase):
    def test_cents(self):
        self.assertCents(1.001, 1.0)


class EmptyChainTest(BaseTestCase):
    def test_cents(self):
        self.assertEqual(1, 1)
