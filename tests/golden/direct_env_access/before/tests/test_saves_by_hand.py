import os
import unittest


class SavedTest(unittest.TestCase):
    def setUp(self):
        self.saved = os.environ.copy()
        os.environ["A"] = "1"

    def tearDown(self):
        os.environ.clear()
        os.environ.update(self.saved)

    def test_it(self):
        self.assertEqual(os.environ["A"], "1")
