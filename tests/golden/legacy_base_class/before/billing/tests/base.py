"""The billing team's base."""

import unittest


class BillingTestCase(unittest.TestCase):
    """Amounts are compared to the cent."""

    maxDiff = None

    def assertCents(self, expected, actual):
        self.assertEqual(round(expected, 2), round(actual, 2))
