"""A class on the SSOT base uses the instance API."""
import os
from unittest.mock import patch

from test_framework.ssot.base_test_case import SSotBaseTestCase


class ServiceTest(SSotBaseTestCase):
    @classmethod
    def setUpClass(cls):
        os.environ["SHARED"] = "1"

    def setUp(self):
        os.environ["MODE"] = "test"  # undone at the end of each test
        os.environ[
            "URL"
        ] = "http://localhost"

    def tearDown(self):
        os.environ.pop("MODE", None)

    def test_reads(self):
        self.assertEqual(os.environ["MODE"], "test")
        self.assertEqual(os.getenv("MISSING", default="x"), "x")
        self.assertIsNone(os.environ.get("MISSING"))
        with self.assertRaises(KeyError):
            os.environ["MISSING"]

    def test_blocks(self):
        with patch.dict(os.environ, {"A": "1", "B": "2"}):
            self.assertIn("A", os.environ)
        with patch.dict("os.environ", {"A": "1"}, clear=True):
            self.assertEqual(list(os.environ), ["A"])
        with patch.dict(os.environ, C="3") as changed:
            self.assertIs(changed["C"], "3")

    def test_writes(self):
        for name in ("A", "B"):
            os.environ[name] = "dynamic"
        os.environ["ONE"] = "1"
        del os.environ["ONE"]

        def later():
            return os.environ.get("ONE")

        self.assertIsNone(later())

    @staticmethod
    def helper():
        return os.environ["MODE"]


class LeakTest(SSotBaseTestCase):
    def test_a_sets(self):
        os.environ["LEAKED"] = "1"


class LeakReaderTest(SSotBaseTestCase):
    def test_b_reads(self):
        self.assertEqual(os.environ["LEAKED"], "1")
