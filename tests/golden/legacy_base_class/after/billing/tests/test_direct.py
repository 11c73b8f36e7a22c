"""Everything that unittest offers keeps its meaning; its import is still needed."""

import unittest


@unittest.skipIf(False, "never")
class InvoiceTest(unittest.TestCase):
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


class RunOnce(unittest.TestCase):
    def runTest(self):
        self.assertTrue(True)


if __name__ == "__main__":
    unittest.main()
