"""What the base cases offer to tests: environment, cleanup, metrics, expected errors, waits."""

from __future__ import annotations

import asyncio
import os
import unittest
from typing import Any
from unittest.mock import patch

import pytest

from shared.isolated_environment import get_env
from test_framework.ssot.base_test_case import SSotAsyncTestCase, SSotBaseTestCase, SSotPytestCase
from tests.runtime.cases import BASES, outcome, told


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
