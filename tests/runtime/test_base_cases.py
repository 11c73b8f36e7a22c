"""The bases, by their unittest machinery: what they add, undo, refuse and leave as it was."""

from __future__ import annotations

import asyncio
import os
import sys
import unittest
import warnings
from collections.abc import Callable
from typing import Any

import pytest

from test_framework.ssot.base_test_case import SSotAsyncTestCase, SSotBaseTestCase
from tests.runtime.cases import BASES, outcome, told


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("hook", ["setUp", "test_fails"])
def test_a_failure_shows_the_line_that_failed(base: type[Any], hook: str) -> None:
    """A runner cuts the traceback at the first frame of unittest: those of the base go with it."""

    class Case(base):  # type: ignore[misc]
        def test_fails(self) -> None:
            """Overridden where the test is what fails."""

    def fails(self: unittest.TestCase) -> None:
        self.assertEqual(1, 2, "not the same")  # noqa: PT009 - what it adds to the traceback is cut

    setattr(Case, hook, fails)
    [(_, text)] = outcome(Case).failures
    assert 'self.assertEqual(1, 2, "not the same")' in text
    assert "base_test_case.py" not in text


def test_the_unittest_api_is_whole() -> None:
    """subTest, assertLogs, skipTest, expectedFailure, class hooks and cleanups keep their meaning."""
    events = []

    class Mixin:
        def setUp(self) -> None:
            events.append("mixin")
            super().setUp()  # type: ignore[misc]

    class Case(Mixin, SSotBaseTestCase):
        @classmethod
        def setUpClass(cls) -> None:
            cls.addClassCleanup(events.append, "class cleanup")

        def test_a(self) -> None:
            for number in range(3):
                with self.subTest(number=number):
                    self.assertNotEqual(number, 1)  # noqa: PT009

        def test_b(self) -> None:
            self.addCleanup(events.append, "cleanup")
            with self.assertLogs() as logs:
                __import__("logging").warning("said")
            self.assertIn("said", logs.output[0])  # noqa: PT009

        def test_c(self) -> None:
            self.skipTest("not today")

        @unittest.expectedFailure
        def test_d(self) -> None:
            self.fail("as expected")

    result = outcome(Case)
    counts = (result.testsRun, len(result.failures), len(result.skipped), len(result.expectedFailures))
    assert (counts, result.errors) == ((4, 1, 1, 1), [])
    assert events == ["mixin", "mixin", "cleanup", "mixin", "mixin", "class cleanup"]


def test_async_tests_are_awaited_each_in_its_loop() -> None:
    """Body, asyncSetUp and async cleanups run, in order; sync tests beside them too."""
    events = []

    class Case(SSotAsyncTestCase):
        async def asyncSetUp(self) -> None:
            self.add_cleanup(self.cleaned)
            self.add_cleanup(lambda: self.cleaned("lambda"))
            events.append("set up")

        async def cleaned(self, name: str = "cleaned") -> None:
            events.append(name)

        async def test_runs(self) -> None:
            await asyncio.sleep(0)
            events.append("ran")

        def test_sync(self) -> None:
            events.append("sync")

    assert outcome(Case).wasSuccessful()
    assert events == ["set up", "ran", "lambda", "cleaned", "set up", "sync", "lambda", "cleaned"]


def test_a_case_can_run_twice() -> None:
    """A second run of the same instance starts with nothing recorded."""

    class Case(SSotBaseTestCase):
        def test_a(self) -> None:
            assert self.get_metric("runs") is None
            self.record_metric("runs", 1)
            self.set_env_var("SSOT_A", "1")

    case, result = Case("test_a"), unittest.TestResult()
    case.run(result)
    case.run(result)
    Case("test_a").debug()
    assert (told(result), "SSOT_A" in os.environ) == ("", False)


def test_a_thousand_tests_leave_nothing_behind() -> None:
    """Environment and open files are the same after 1,000 tests, a third of which fail in some part."""

    def body(number: int) -> Callable[[Any], None]:
        def test(self: Any) -> None:  # noqa: ANN401
            self.set_env_var("SSOT_A", str(number))
            with self.temp_env_vars(SSOT_B="x"):
                self.delete_env_var("PATH")
                assert number % 3

        return test

    case = type("Case", (SSotBaseTestCase,), {f"test_{number}": body(number) for number in range(1000)})
    before = (dict(os.environ), os.listdir("/proc/self/fd") if os.path.exists("/proc/self/fd") else [])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        result = outcome(case)
    after = (dict(os.environ), os.listdir("/proc/self/fd") if os.path.exists("/proc/self/fd") else [])
    assert (result.testsRun, len(result.failures), len(result.errors)) == (1000, 334, 0)
    assert after == before


@pytest.mark.parametrize(
    ("ours", "plain"),
    [(SSotBaseTestCase, unittest.TestCase), (SSotAsyncTestCase, unittest.IsolatedAsyncioTestCase)],
)
def test_a_test_is_called_by_unittest_itself(ours: type[Any], plain: type[Any]) -> None:
    """A test that looks at who calls it sees what it always saw."""
    seen: list[str] = []

    def look(_: object) -> None:
        above = sys._getframe(1)
        seen.append(f"{above.f_code.co_filename}:{above.f_code.co_name}")

    for base in (plain, ours):
        assert outcome(type("Case", (base,), {"test_it": look})).wasSuccessful()
    assert seen[0] == seen[1]
