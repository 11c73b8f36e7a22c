"""A suite of many kinds, run before and after by pytest and by unittest: same ids, same outcomes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ssot_migrate.plans.model import Plan
from ssot_migrate.workflow import Request, apply_plan

SUITE = {
    "svc/__init__.py": "",
    "svc/tests/__init__.py": "",
    "svc/tests/base.py": """\
import unittest


class Recorder:
    def setUp(self):
        self.events = ["mixin"]
        super().setUp()


class Base(Recorder, unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.opened = True

    def check(self, value):
        self.assertTrue(value)


class Copy(unittest.TestCase):
    def check(self, value):
        self.assertTrue(value)


class Second(unittest.TestCase):
    def check(self, value):
        self.assertTrue(value)


class Empty(unittest.TestCase):
    pass
""",
    "svc/tests/test_kinds.py": """\
import unittest
from unittest import IsolatedAsyncioTestCase, TestCase as Case

import pytest

from svc.tests.base import Base, Copy, Empty, Second


def setUpModule():
    global ready
    ready = True


class Orders(Base):
    def setUp(self):
        super().setUp()
        self.events.append("own")
        self.addCleanup(self.events.clear)

    def tearDown(self):
        self.assertEqual(["mixin", "own"], self.events)

    def test_b(self):
        self.assertTrue(self.opened and ready)

    def test_a(self):
        with self.subTest("fails"):
            self.check(False)
        with self.subTest("passes"):
            self.check(True)

    @unittest.skip("not now")
    def test_skipped(self):
        self.fail()

    @unittest.expectedFailure
    def test_expected(self):
        self.fail()

    def test_fails(self):
        self.fail("as before")


class Queue(IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.queue = []
        self.addAsyncCleanup(self.close)

    async def close(self):
        self.queue.clear()

    async def test_put(self):
        self.queue.append(1)
        self.assertEqual([1], self.queue)

    async def test_fails(self):
        self.fail("as before")

    def test_plain(self):
        self.assertEqual([], self.queue)


class Once(Case):
    def runTest(self):
        self.assertLogs


@pytest.mark.usefixtures("tmp_path")
class Fixtures(Case):
    @pytest.fixture(autouse=True)
    def folder(self, tmp_path):
        self.path = tmp_path

    @pytest.mark.xfail
    def test_path(self):
        self.assertFalse(getattr(self, "path", None))


@unittest.skipUnless(False, "never")
class Never(Case):
    def test_never(self):
        self.fail()


class OnCopy(Copy):
    def test_copy(self):
        self.check(1)


class OnSecond(Second):
    def test_second(self):
        self.check(1)


class OnEmpty(Empty):
    def test_empty(self):
        self.assertIsInstance(self, unittest.TestCase)


if __name__ == "__main__":
    unittest.main()
""",
}
KINDS = "svc/tests/test_kinds.py"
# A file that goes through its own names keeps them, and so its classes stay on the aliases.
LOADS = "\n\ndef load_tests(loader, tests, pattern):\n    return unittest.TestSuite(tests)\n\n\nif __name__"
LOADING = SUITE | {KINDS: SUITE[KINDS].replace("\n\nif __name__", LOADS)}
PYTEST = ("-m", "pytest", "-p", "no:cacheprovider", "-q", "-rA", "--tb=no", "svc")
UNITTEST = ("-m", "unittest", "-v", "svc.tests.test_kinds")
BY_MODULE = ("-m", "svc.tests.test_kinds", "-v")


def outcomes(folder: Path, command: tuple[str, ...]) -> tuple[int, list[str]]:
    """Exit status and one line per test, by a run of Python in ``folder``, without times and reasons."""
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONWARNINGS": ""}
    done = subprocess.run(
        [sys.executable, *command], cwd=folder, env=environment, capture_output=True, text=True, check=False
    )
    told = [line for line in (done.stdout + done.stderr).splitlines() if re.search(r"::| \.\.\. ", line)]
    return done.returncode, [re.sub(r" - .*| in [\d.]+s| \(0x\w+\)", "", line) for line in told]


@pytest.mark.parametrize("suite", [SUITE, LOADING], ids=["off the aliases", "on the aliases"])
@pytest.mark.parametrize("command", [PYTEST, UNITTEST, BY_MODULE], ids=["pytest", "unittest", "main"])
def test_a_suite_keeps_its_ids_and_outcomes(
    plan_for: Callable[..., Plan], tmp_path: Path, command: tuple[str, ...], suite: dict[str, str]
) -> None:
    """Failures, skips, subtests, async tests and module hooks are what they were, in the same order."""
    plan = plan_for(suite)
    before = outcomes(tmp_path, command)
    apply_plan(plan, Request(path=str(tmp_path)), in_place=True)
    changed = (tmp_path / "svc/tests/base.py").read_text()
    assert "TestCase(" not in changed
    assert changed.count("deprecated_alias(") == 2
    assert ("class OnSecond(Second)" in (tmp_path / KINDS).read_text()) == (suite is LOADING)
    assert before[1]
    assert outcomes(tmp_path, command) == before


def test_an_alias_warns_whoever_derives_from_it(plan_for: Callable[..., Plan], tmp_path: Path) -> None:
    """Code not yet migrated goes on working, and says where it stands."""
    apply_plan(plan_for(LOADING), Request(path=str(tmp_path)), in_place=True)
    done = subprocess.run(
        [sys.executable, "-W", "default", "-m", "unittest", "svc.tests.test_kinds"],
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    source = (tmp_path / "svc/tests/test_kinds.py").read_text().splitlines()
    places = re.findall(r"test_kinds\.py:(\d+): DeprecationWarning: (\w+) is deprecated", done.stderr)
    assert [(source[int(line) - 1], name) for line, name in places] == [
        ("class OnSecond(Second):", "Second"),
        ("class OnEmpty(Empty):", "Empty"),
    ]
