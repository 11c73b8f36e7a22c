import json
import unittest

LIMIT = 3


class LimitTest(unittest.TestCase):
    def test_limit(self):
        self.assertEqual(json.loads("3"), LIMIT)
