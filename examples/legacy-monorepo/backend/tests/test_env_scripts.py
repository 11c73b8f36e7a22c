"""What child scripts see, and what our loader leaves in this process."""
import os
import subprocess
import sys
import textwrap
import unittest
from pathlib import Path

from backend.app import settings
from common import env_file
from common.process import REPO_ROOT

FIXTURES = Path(__file__).parent / "fixtures"

PROBE = """
import os
os.environ.setdefault("BACKEND_MAX_AGENTS", "2")
from backend.app import settings
print(settings.max_agents(), os.getenv("HARBOR_TEST_SAMPLE", "-"))
"""


class ScriptTests(unittest.TestCase):
    def setUp(self):
        self.saved = os.environ.copy()
        os.environ.pop("BACKEND_MAX_AGENTS", None)
        os.environ.pop("HARBOR_TEST_SAMPLE", None)
        os.environ["PYTHONPATH"] = str(REPO_ROOT)

    def tearDown(self):
        os.environ.clear()
        os.environ.update(self.saved)

    def run_script(self, code):
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
        return done.stdout.strip()

    def test_default_of_the_script(self):
        self.assertEqual(self.run_script(PROBE), "2 -")

    def test_values_of_a_file(self):
        env_file.load(FIXTURES / "sample.env")
        self.assertEqual(self.run_script(PROBE), "3 from sample")
        self.assertEqual(settings.max_agents(), 3)

    def test_putenv_goes_past_the_mapping(self):
        # ``putenv`` changes what children get and not what os.environ says
        os.putenv("HARBOR_TEST_SAMPLE", "put")
        self.addCleanup(os.unsetenv, "HARBOR_TEST_SAMPLE")
        self.assertNotIn("HARBOR_TEST_SAMPLE", os.environ)
        self.assertEqual(self.run_script("import os; print(os.environ['HARBOR_TEST_SAMPLE'])"), "put")

    def test_value_in_an_f_string_script(self):
        wanted = "quoted 'value'"
        script = textwrap.dedent(f"""
            import os
            os.environ["HARBOR_TEST_SAMPLE"] = {wanted!r}
            print(os.environ["HARBOR_TEST_SAMPLE"])
        """)
        self.assertEqual(self.run_script(script), wanted)
        self.assertIsNone(os.environ.get("HARBOR_TEST_SAMPLE"))


class RoundTrip(unittest.TestCase):
    """``os.environ`` itself: what the rest of the backend takes for granted."""

    def tearDown(self):
        os.environ.pop("HARBOR_TEST_ROUND", None)

    def test_strings_only(self):
        with self.assertRaises(TypeError):
            os.environ["HARBOR_TEST_ROUND"] = 1  # type: ignore[assignment]

    def test_values_are_not_stripped(self):
        os.environ["HARBOR_TEST_ROUND"] = "  x\n"
        self.assertEqual(os.environ["HARBOR_TEST_ROUND"], "  x\n")

    def test_setdefault(self):
        self.assertEqual(os.environ.setdefault("HARBOR_TEST_ROUND", "a"), "a")
        self.assertEqual(os.environ.setdefault("HARBOR_TEST_ROUND", "b"), "a")

    def test_pop(self):
        os.environ["HARBOR_TEST_ROUND"] = "x"
        self.assertEqual(os.environ.pop("HARBOR_TEST_ROUND"), "x")
        self.assertRaises(KeyError, os.environ.pop, "HARBOR_TEST_ROUND")

    def test_length_and_iteration(self):
        before = len(os.environ)
        os.environ["HARBOR_TEST_ROUND"] = "x"
        self.assertEqual(len(os.environ), before + 1)
        self.assertIn("HARBOR_TEST_ROUND", list(os.environ))
        self.assertIn(("HARBOR_TEST_ROUND", "x"), os.environ.items())
        self.assertIn("x", os.environ.values())
