"""Everything that unittest offers keeps its meaning; its import is still needed."""

import unittest

from test_framework.ssot.base_test_case import SSotBaseTestCase


@unittest.skipIf(False, "never")
class InvoiceTest(SSotBaseTestCase):
    """Totals."""

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.rate = 2

    def setUp(self):
        super().setUp()
        self.addCleanup(self.note, "done")

    def note(self, text):
        self.noted = text

    def test_total(self):
        for amount in (1, 2):
            with self.subTest(amount=amount):
                self.assertEqual(amount * self.rate, amount + amount)

    @unittest.expectedFailure
    def test_tax(self):
        self.assertEqual(1, 2)


class RunOnce(SSotBaseTestCase):
    def runTest(self):
        self.assertTrue(True)


if __name__ == "__main__":
    unittest.main()
