"""The bases, by their unittest machinery: what they add, undo, refuse and leave as it was."""

from __future__ import annotations

import asyncio
import os
import sys
import unittest
import warnings
from collections.abc import Callable
from typing import Any, TypeVar
from unittest.mock import patch

import pytest

from shared.isolated_environment import get_env
from test_framework.ssot.base_test_case import SSotAsyncTestCase, SSotBaseTestCase, SSotPytestCase


def outcome(case: type[unittest.TestCase]) -> unittest.TestResult:
    """Run the tests of a class as unittest does."""
    result = unittest.TestResult()
    unittest.defaultTestLoader.loadTestsFromTestCase(case).run(result)
    return result


def told(result: unittest.TestResult) -> str:
    """All that a result says of failures and errors."""
    return "\n".join(text for _, text in [*result.errors, *result.failures])


T = TypeVar("T")
BASES = [SSotBaseTestCase, SSotAsyncTestCase]


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


@pytest.mark.parametrize("base", BASES)
def test_environment_changes_end_with_the_test(base: type[Any]) -> None:
    """``set_env_var`` and ``delete_env_var`` are undone although setUp and tearDown call no super."""
    seen = []

    class Case(base):  # type: ignore[misc]
        def setUp(self) -> None:
            self.set_env_var("SSOT_A", "1")

        def tearDown(self) -> None:
            seen.append((self.get_env_var("SSOT_A"), self.get_env_var("SSOT_B"), os.environ.get("SSOT_C")))

        def test_changes(self) -> None:
            self.set_env_var("SSOT_A", "2")
            self.delete_env_var("SSOT_B")
            self.delete_env_var("SSOT_NONE")
            self.set_env_var("SSOT_C", "3")
            assert self.get_env_var("SSOT_NONE", "default") == "default"
            assert self.get_env() is get_env()

    with patch.dict(os.environ, {"SSOT_B": "b"}):
        before = dict(os.environ)
        assert outcome(Case).wasSuccessful()
        assert dict(os.environ) == before
    assert seen == [("2", None, "3")]


@pytest.mark.parametrize("base", BASES)
@pytest.mark.parametrize("where", ["setUp", "test_it", "tearDown"])
def test_cleanup_always_runs_in_reverse_and_shows_all_errors(base: type[Any], where: str) -> None:
    """Whatever fails, each cleanup runs, last added first, and each error is told."""
    order = []

    def clean(name: str) -> None:
        order.append(name)
        raise RuntimeError(f"cleanup {name} failed")

    def fail(self: unittest.TestCase) -> None:
        raise ValueError("the test's own error")

    def add(self: SSotBaseTestCase) -> None:
        self.add_cleanup(clean, "first")
        self.add_cleanup(clean, name="second")
        if where == "setUp":
            fail(self)

    body = {"setUp": add, "test_it": lambda self: None}
    case = type("Case", (base,), body if where == "setUp" else {**body, where: fail})
    report = told(outcome(case))
    assert order == ["second", "first"]
    assert all(text in report for text in ("own error", "cleanup first failed", "cleanup second failed"))


@pytest.mark.parametrize("base", [*BASES, SSotPytestCase])
def test_temporary_variables_restore_the_whole_environment(base: type[Any]) -> None:
    """After the block every variable is as before, sources included, even after an error."""
    case = base()
    get_env().set("SSOT_A", "1", source="before")
    try:
        before = dict(os.environ)

        def fail_inside() -> None:
            with case.temp_env_vars({"SSOT_A": "2"}, SSOT_B="3"):
                assert (os.environ["SSOT_A"], os.environ["SSOT_B"]) == ("2", "3")
                os.environ["SSOT_C"] = "left"
                raise ZeroDivisionError

        pytest.raises(ZeroDivisionError, fail_inside)
        assert dict(os.environ) == before
        with pytest.raises(TypeError), case.temp_env_vars({"SSOT_C": None}):
            pytest.fail("entered")
        assert dict(os.environ) == before
    finally:
        get_env().delete("SSOT_A")


@pytest.mark.parametrize("base", [*BASES, SSotPytestCase])
def test_metrics_and_counters(base: type[Any]) -> None:
    """What is recorded and counted is found again; the time is measured."""
    case = base()
    case.record_metric("rows", 3)
    case.increment_db_query_count()
    case.increment_websocket_events(2)
    case.increment_redis_ops_count(3)
    case.increment_llm_requests(4)
    counts = (
        case.get_db_query_count(),
        case.get_websocket_events_count(),
        case.get_redis_ops_count(),
        case.get_llm_requests_count(),
    )
    assert (case.get_metric("rows"), case.get_metric("none", 7), counts) == (3, 7, (1, 2, 3, 4))
    metrics = case.get_all_metrics()
    assert metrics.pop("execution_time") >= 0
    assert metrics == {
        "rows": 3,
        "database_queries": 1,
        "websocket_events": 2,
        "redis_operations": 3,
        "llm_requests": 4,
    }
    case.assert_execution_time_under(3600)
    with pytest.raises(AssertionError, match="allowed are 0 s"):
        case.assert_execution_time_under(0)


@pytest.mark.parametrize("base", [*BASES, SSotPytestCase])
def test_expected_exceptions(base: type[Any]) -> None:
    """The block must raise the class with the message; what it raised can be looked at."""
    case = base()
    with case.expect_exception(ValueError, "bad .alue") as caught:
        raise ValueError("a bad value")
    assert str(caught.exception) == "a bad value"
    with case.expect_exception(KeyError):
        raise KeyError
    with pytest.raises(AssertionError), case.expect_exception(ValueError):
        pass
    with pytest.raises(AssertionError), case.expect_exception(ValueError, "good"):
        raise ValueError("bad")
    with pytest.raises(OSError), case.expect_exception(ValueError):  # noqa: PT011 - any will do
        raise OSError


def test_blocking_waits() -> None:
    """Without an event loop waits block; a limit that is reached is a TimeoutError with the message."""
    case, never = SSotBaseTestCase(), __import__("threading").Event()
    turns = iter([False, False, True])
    case.wait_for_condition(lambda: next(turns), interval=0)
    with pytest.raises(TimeoutError, match="the queue is not empty"):
        case.wait_for_condition(lambda: False, timeout=0, error_message="the queue is not empty")
    assert case.run_with_timeout(lambda: 5) == 5
    with pytest.raises(ZeroDivisionError):
        case.run_with_timeout(lambda: 1 // 0)
    with pytest.raises(TimeoutError, match="still runs"):
        case.run_with_timeout(never.wait, timeout=0.01)
    never.set()

    async def condition() -> bool:
        return True

    with pytest.raises(TypeError, match="event loop"):
        case.wait_for_condition(condition)


def test_async_waits() -> None:
    """In an async test waits are awaited, conditions may be async, and late work is cancelled."""
    cancelled = []

    class Case(SSotAsyncTestCase):
        async def forever(self) -> None:
            try:
                await asyncio.Event().wait()
            except asyncio.CancelledError:
                cancelled.append(True)
                raise

        async def test_waits(self) -> None:
            turns = iter([False, True])

            async def condition() -> bool:
                return next(turns)

            await self.wait_for_condition(condition, interval=0)
            with self.expect_exception(TimeoutError, "not met"):
                await self.wait_for_condition(lambda: False, timeout=0)
            with self.expect_exception(TimeoutError):
                await self.run_with_timeout(self.forever(), timeout=0.01)
            assert await self.run_with_timeout(asyncio.sleep(0, "value")) == "value"

    result = outcome(Case)
    assert (told(result), result.testsRun, cancelled) == ("", 1, [True])


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
