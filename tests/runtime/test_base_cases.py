"""The bases, by their unittest machinery: what they add, undo, refuse and leave as it was."""

from __future__ import annotations

import asyncio
import os
import types
import unittest
import warnings
from collections.abc import Callable
from typing import Any, Generic, TypeVar
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


async def never_awaited(self: object) -> None:
    """Stand for a test or a hook whose body must never count as run."""
    pytest.fail("ran after all")


async def yields(self: object) -> Any:  # noqa: ANN401
    """Stand for a test that somebody took for a fixture."""
    yield


def plain(self: object) -> None:
    """Stand for a test."""


@pytest.mark.parametrize(
    ("base", "body", "named"),
    [
        (SSotBaseTestCase, {"test_a": never_awaited}, "async test test_a"),
        (SSotBaseTestCase, {"test_a": yields}, "async test test_a"),
        (SSotAsyncTestCase, {"test_a": yields}, "async test test_a"),
        (SSotBaseTestCase, {"setUp": never_awaited}, "async setUp"),
        (SSotAsyncTestCase, {"tearDown": never_awaited}, "async tearDown"),
        (SSotAsyncTestCase, {"setUpClass": classmethod(never_awaited)}, "async setUpClass"),
        (SSotBaseTestCase, {"test_a": plain, "asyncSetUp": never_awaited}, "nobody would call asyncSetUp"),
        (SSotPytestCase, {"test_a": plain, "setUp": plain}, "nobody would call setUp"),
        (SSotPytestCase, {"test_a": plain, "tearDownClass": plain}, "nobody would call tearDownClass"),
        (SSotPytestCase, {"setup_method": never_awaited}, "async setup_method"),
    ],
)
def test_what_could_never_run_is_refused_at_definition(base: type, body: dict[str, Any], named: str) -> None:
    """The class is an error that names class, member and what to do, also through a mixin."""
    with pytest.raises(TypeError, match=f"Case: {named}.*; use "):
        type("Case", (base,), body)
    mixin = type("Mixin", (), body)
    for bases in ((mixin, base), (base, mixin)):
        if not any(hasattr(base, name) for name in body) or bases[0] is mixin:
            with pytest.raises(TypeError, match=named):
                type("Case", bases, {})


class Converts:
    """A team's own way to await: async tests become plain ones once the class is there."""

    def __init_subclass__(cls, **options: object) -> None:
        """Convert the tests."""
        super().__init_subclass__(**options)
        for name in [name for name in dir(cls) if name.startswith("test")]:
            test = getattr(cls, name)
            setattr(cls, name, lambda self, test=test: asyncio.run(test(self)))


class ConvertingMeta(type):
    """Another way to do so."""


@pytest.mark.skip
async def skipped_by_pytest(self: object) -> None:
    """Stand for an async test that nobody wants to run."""


def calls_set_up(self: Any) -> None:  # noqa: ANN401
    """Stand for a pytest hook that hands on."""
    self.setUp()


@pytest.mark.parametrize(
    ("bases", "body"),
    [
        ((SSotBaseTestCase,), {"setUp": plain, "test_a": plain, "helper": never_awaited}),
        ((SSotAsyncTestCase,), {"asyncSetUp": never_awaited, "test_a": never_awaited}),
        ((SSotBaseTestCase, unittest.IsolatedAsyncioTestCase), {"test_a": never_awaited}),
        ((unittest.IsolatedAsyncioTestCase, SSotBaseTestCase), {"test_a": never_awaited}),
        ((SSotBaseTestCase,), {"test_a": unittest.skip("later")(never_awaited)}),
        ((SSotBaseTestCase,), {"test_a": skipped_by_pytest}),
        ((SSotBaseTestCase,), {"test_a": never_awaited, "run": plain}),
        ((Converts, SSotBaseTestCase), {"test_a": never_awaited}),
        ((ConvertingMeta("Made", (SSotBaseTestCase,), {}),), {"test_a": never_awaited}),
        ((SSotBaseTestCase,), {"test_a": never_awaited, "__test__": False}),
        ((SSotPytestCase,), {"test_a": plain, "setUp": plain, "setup_method": calls_set_up}),
        ((SSotPytestCase,), {"test_a": plain, "setUp": pytest.fixture(autouse=True)(plain)}),
        ((SSotPytestCase,), {"setUp": plain}),
        ((SSotPytestCase, unittest.TestCase), {"test_a": plain, "setUp": plain}),
    ],
)
def test_what_is_fine_is_not_refused(bases: tuple[type, ...], body: dict[str, Any]) -> None:
    """Classes whose tests and hooks do get called are made."""
    assert issubclass(types.new_class("Case", bases, {}, lambda namespace: namespace.update(body)), bases)


@pytest.mark.parametrize("base", BASES)
def test_a_generic_case_is_still_checked(base: type[Any]) -> None:
    """A type parameter is no reason to let an async hook pass."""
    with pytest.raises(TypeError, match="async setUp"):

        class Case(base, Generic[T]):  # type: ignore[misc]
            async def setUp(self) -> None:
                pytest.fail("ran after all")


@pytest.mark.parametrize("base", BASES)
def test_a_coroutine_from_a_plain_function_is_an_error(base: type[Any]) -> None:
    """What a definition cannot show is caught when the test runs: it never passes unawaited."""
    bodies: list[Callable[..., object]] = [lambda self: never_awaited(self), lambda self: yields(self)]
    for body in bodies:
        result = outcome(type("Case", (base,), {"test_hidden": body}))
        assert "would never be awaited" in told(result)
    late = type("Case", (SSotBaseTestCase,), {"test_late": plain})
    late.test_late = never_awaited  # type: ignore[attr-defined]
    assert "would never be awaited" in told(outcome(late))


def test_an_async_cleanup_of_a_sync_test_is_an_error() -> None:
    """A cleanup that nobody awaits has not cleaned."""

    class Case(SSotBaseTestCase):
        def test_a(self) -> None:
            self.add_cleanup(never_awaited, self)

    assert "would never be awaited" in told(outcome(Case))


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
