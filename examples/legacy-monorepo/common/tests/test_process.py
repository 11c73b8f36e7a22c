"""Child processes get the environment that we mean them to get."""
import os
import sys
import textwrap
import unittest
from unittest.mock import patch

from common import process


class ChildEnvironmentTest(unittest.TestCase):
    @patch.dict(os.environ, {"HARBOR_TEST_A": "outer"})
    def test_extra_wins(self):
        env = process.child_environment({"HARBOR_TEST_A": "inner"})
        self.assertEqual(env["HARBOR_TEST_A"], "inner")
        self.assertEqual(os.environ["HARBOR_TEST_A"], "outer")

    @patch.dict(os.environ, {"HARBOR_TEST_A": "1", "HARBOR_TEST_B": "2"})
    def test_drop(self):
        env = process.child_environment(drop=["HARBOR_TEST_A", "HARBOR_TEST_NEVER"])
        self.assertNotIn("HARBOR_TEST_A", env)
        self.assertEqual(env["HARBOR_TEST_B"], "2")

    def test_copy_not_view(self):
        env = process.service_environment("billing")
        env["HARBOR_TEST_ONLY_HERE"] = "x"
        self.assertNotIn("HARBOR_TEST_ONLY_HERE", os.environ)
        self.assertEqual(env["HARBOR_SERVICE"], "billing")


class RunPythonTest(unittest.TestCase):
    """Real children; the code in the strings is theirs, not ours."""

    def test_sees_our_variables(self):
        script = textwrap.dedent("""
            import os
            value = os.environ["HARBOR_TEST_CHILD"]
            os.environ["HARBOR_TEST_CHILD"] = "changed in the child"
            print(value.upper())
        """)
        with patch.dict(os.environ, {"HARBOR_TEST_CHILD": "hello"}):
            answer = process.run_python("-c", script)
            self.assertEqual(os.environ["HARBOR_TEST_CHILD"], "hello")
        self.assertEqual(answer.stdout.strip(), "HELLO")

    def test_explicit_environment_replaces(self):
        name = "HARBOR_TEST_CHILD"
        code = f"import os, sys; sys.exit(3 if os.environ.get({name!r}) is None else 0)"
        with patch.dict(os.environ, {name: "x"}):
            full = process.run_python("-c", code)
            without = process.run_python("-c", code, env=process.child_environment(drop=[name]))
        self.assertEqual((full.returncode, without.returncode), (0, 3))

    def test_run_tool_returns_the_status(self):
        self.assertEqual(process.run_tool([sys.executable, "-c", "raise SystemExit(4)"]), 4)


class OverlayTest(unittest.TestCase):
    def test_sets_and_restores(self):
        before = dict(os.environ)
        with process.overlay(HARBOR_TEST_A="1", HARBOR_TEST_B="2"):
            self.assertEqual(os.environ["HARBOR_TEST_B"], "2")
            os.environ["HARBOR_TEST_C"] = "stray"
        self.assertEqual(dict(os.environ), before)

    def test_restores_after_an_error(self):
        before = dict(os.environ)
        with self.assertRaises(ZeroDivisionError), process.overlay(HARBOR_TEST_A="1"):
            1 / 0
        self.assertEqual(os.environ.copy(), before)

    def test_path_entry(self):
        with patch.dict(os.environ, {"PATH": "/usr/bin"}):
            with process.path_entry("/opt/harbor/bin"):
                self.assertTrue(os.environ["PATH"].endswith(os.pathsep + "/opt/harbor/bin"))
            self.assertEqual(os.environ["PATH"], "/usr/bin")

    def test_path_entry_without_path(self):
        with patch.dict(os.environ):
            del os.environ["PATH"]
            with process.path_entry("/opt/harbor/bin"):
                self.assertEqual(os.environ["PATH"], "/opt/harbor/bin")
            self.assertNotIn("PATH", os.environ)
