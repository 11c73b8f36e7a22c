import unittest

from shared.isolated_environment import get_env


class SavedTest(unittest.TestCase):
    def setUp(self):
        self.saved = get_env().copy()
        get_env()["A"] = "1"

    def tearDown(self):
        get_env().clear()
        get_env().update(self.saved)

    def test_it(self):
        self.assertEqual(get_env()["A"], "1")
