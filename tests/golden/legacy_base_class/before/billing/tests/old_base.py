"""An older copy of the base, which other tests still import."""

from unittest import TestCase


class OldBillingCase(TestCase):
    maxDiff = None

    def assertCents(self, expected, actual):
        """Compare two amounts."""
        self.assertEqual(round(expected, 2), round(actual, 2))
