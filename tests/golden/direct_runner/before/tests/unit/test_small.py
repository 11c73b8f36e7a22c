import unittest


class SmallCase(unittest.TestCase):
    def test_small(self):
        self.assertTrue(True)
