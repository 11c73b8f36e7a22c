"""``common.env_file``: what it does to the process environment is its whole point.

These tests look at ``os.environ`` on purpose.
"""
import os
import textwrap
import unittest

from common import env_file
from common.testing.base import HarborTestCase
from common.testing.mixins import TempDirMixin


class ParseTests(unittest.TestCase):
    def test_simple_assignments(self):
        self.assertEqual(env_file.parse("A=1\nB=two\n"), {"A": "1", "B": "two"})

    def test_comments_and_blank_lines(self):
        self.assertEqual(env_file.parse("# head\n\nA=1 # tail\n   # indented\n"), {"A": "1"})

    def test_export_prefix(self):
        self.assertEqual(env_file.parse("export PATH_LIKE=/a:/b"), {"PATH_LIKE": "/a:/b"})

    def test_quotes(self):
        cases = {
            "A='x y'": "x y",
            'A="x # y"': "x # y",
            'A="line\\nbreak"': "line\nbreak",
            "A=''": "",
            "A=": "",
            'A="say \\"hi\\""': 'say "hi"',
        }
        for line, value in cases.items():
            with self.subTest(line=line):
                self.assertEqual(env_file.parse(line), {"A": value})

    def test_later_wins(self):
        self.assertEqual(env_file.parse("A=1\nA=2"), {"A": "2"})

    def test_bad_lines_are_named(self):
        for text, message in [("A=1\nnonsense", "line 2"), ("A='open", "line 1: quote")]:
            with self.subTest(text=text), self.assertRaisesRegex(env_file.EnvFileError, message):
                env_file.parse(text)

    def test_example_file_in_readme(self):
        text = textwrap.dedent("""\
            # local development
            HARBOR_ENV=dev
            export BACKEND_DATABASE_URL=sqlite:///dev.db
            """)
        self.assertEqual(sorted(env_file.parse(text)), ["BACKEND_DATABASE_URL", "HARBOR_ENV"])


class LoadTests(TempDirMixin, HarborTestCase):
    def setUp(self):
        super().setUp()
        for name in ("HARBOR_TEST_X", "HARBOR_TEST_Y"):
            os.environ.pop(name, None)
        self.path = self.write("dev.env", "HARBOR_TEST_X=from file\nHARBOR_TEST_Y=also\n")

    def test_values_arrive_in_os_environ(self):
        self.assertEqual(env_file.load(self.path), ["HARBOR_TEST_X", "HARBOR_TEST_Y"])
        self.assertEqual(os.environ["HARBOR_TEST_X"], "from file")

    def test_existing_values_stay(self):
        os.environ["HARBOR_TEST_X"] = "from shell"
        self.assertEqual(env_file.load(self.path), ["HARBOR_TEST_Y"])
        self.assertEqual(os.environ["HARBOR_TEST_X"], "from shell")

    def test_override(self):
        os.environ["HARBOR_TEST_X"] = "from shell"
        env_file.load(self.path, override=True)
        self.assertEqual(os.environ.get("HARBOR_TEST_X"), "from file")

    def test_child_processes_see_them(self):
        import subprocess
        import sys

        env_file.load(self.path)
        script = "import os; print(os.environ['HARBOR_TEST_X'])"
        answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
        self.assertEqual(answer.stdout.strip(), "from file")

    def test_unload(self):
        names = env_file.load(self.path)
        env_file.unload(names)
        self.assertNotIn("HARBOR_TEST_X", os.environ)

    def test_missing(self):
        env_file.load(self.path)
        self.assertEqual(env_file.missing(["HARBOR_TEST_X", "HARBOR_TEST_Z"]), ["HARBOR_TEST_Z"])


if __name__ == "__main__":
    unittest.main()
