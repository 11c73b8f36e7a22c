"""A copy of another service's base: they could share one, but that is for the teams to say."""

import unittest


class ShippingTestCase(unittest.TestCase):
    maxDiff = None

    def assertCents(self, expected, actual):
        self.assertEqual(round(expected, 2), round(actual, 2))
