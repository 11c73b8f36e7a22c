import unittest


class ShopTest(unittest.TestCase):
    def get_env(self):
        return "test"

    def test_env(self):
        self.assertEqual("test", self.get_env())
