"""A class on the SSOT base uses the instance API."""
from unittest.mock import patch

from shared.isolated_environment import get_env
from test_framework.ssot.base_test_case import SSotBaseTestCase


class ServiceTest(SSotBaseTestCase):
    @classmethod
    def setUpClass(cls):
        get_env()["SHARED"] = "1"

    def setUp(self):
        self.set_env_var("MODE", "test")  # undone at the end of each test
        self.set_env_var("URL", "http://localhost")

    def tearDown(self):
        self.get_env().pop("MODE", None)

    def test_reads(self):
        self.assertEqual(self.get_env()["MODE"], "test")
        self.assertEqual(self.get_env_var("MISSING", default="x"), "x")
        self.assertIsNone(self.get_env_var("MISSING"))
        with self.assertRaises(KeyError):
            self.get_env()["MISSING"]

    def test_blocks(self):
        with self.temp_env_vars({"A": "1", "B": "2"}):
            self.assertIn("A", self.get_env())
        with patch.dict(self.get_env(), {"A": "1"}, clear=True):
            self.assertEqual(list(self.get_env()), ["A"])
        with patch.dict(self.get_env(), C="3") as changed:
            self.assertIs(changed["C"], "3")

    def test_writes(self):
        for name in ("A", "B"):
            self.get_env()[name] = "dynamic"
        self.set_env_var("ONE", "1")
        del self.get_env()["ONE"]

        def later():
            return self.get_env_var("ONE")

        self.assertIsNone(later())

    @staticmethod
    def helper():
        return get_env()["MODE"]


class LeakTest(SSotBaseTestCase):
    def test_a_sets(self):
        self.get_env()["LEAKED"] = "1"


class LeakReaderTest(SSotBaseTestCase):
    def test_b_reads(self):
        self.assertEqual(self.get_env()["LEAKED"], "1")
