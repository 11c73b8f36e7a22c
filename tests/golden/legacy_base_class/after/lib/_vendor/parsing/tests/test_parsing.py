import unittest


class TestParsing(unittest.TestCase):
    def test_theirs(self):
        self.assertEqual(int("1"), 1)
