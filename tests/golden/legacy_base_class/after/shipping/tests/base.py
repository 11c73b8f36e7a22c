"""A copy of another service's base: they could share one, but that is for the teams to say."""

from test_framework.ssot.base_test_case import SSotBaseTestCase


class ShippingTestCase(SSotBaseTestCase):
    maxDiff = None

    def assertCents(self, expected, actual):
        self.assertEqual(round(expected, 2), round(actual, 2))
