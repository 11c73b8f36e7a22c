"""The billing team's base."""

from test_framework.ssot.base_test_case import SSotBaseTestCase


class BillingTestCase(SSotBaseTestCase):
    """Amounts are compared to the cent."""

    maxDiff = None

    def assertCents(self, expected, actual):
        self.assertEqual(round(expected, 2), round(actual, 2))
