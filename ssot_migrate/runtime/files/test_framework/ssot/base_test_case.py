"""The test bases: thin over unittest and pytest, with one implementation of what they add.

``SSotBaseTestCase`` is a ``unittest.TestCase``, ``SSotAsyncTestCase`` an ``IsolatedAsyncioTestCase``,
``SSotPytestCase`` a plain class for pytest, where fixtures and parametrize work.
"""

from __future__ import annotations

import inspect
import time
import unittest
from collections import Counter
from collections.abc import Awaitable, Callable, Iterator, Mapping
from contextlib import AbstractContextManager, ExitStack, contextmanager
from functools import partial, wraps
from itertools import starmap
from typing import Any, TypeVar, overload

from shared.isolated_environment import IsolatedEnvironment, get_env
from test_framework.ssot import waiting
from test_framework.ssot.aliases import deprecated_alias
from test_framework.ssot.class_checks import check_pytest_case, check_unittest_case, is_plain_function
from test_framework.ssot.layers import marks_of, running

T = TypeVar("T")
# Runners cut a failure's traceback at the frames of unittest: what stands here is one of those.
__unittest = True


class _Record:
    """What one test has gathered so far."""

    def __init__(self) -> None:
        self.started = time.monotonic()
        self.metrics: dict[str, Any] = {}
        self.counts: Counter[str] = Counter()
        self.exits = ExitStack()


class _CaseFeatures:
    """What all bases offer; its state is made on first use, so that no hook needs ``super()``."""

    __record: _Record | None = None

    def _ssot_record(self) -> _Record:
        if self.__record is None:
            self.__record = _Record()
        return self.__record

    def _ssot_begin(self) -> _Record:
        self.__record = None
        return self._ssot_record()

    def setup_method(self, method: Callable[..., object] | None = None) -> None:
        """Hook before each test; may be overridden without ``super()``."""

    def teardown_method(self, method: Callable[..., object] | None = None) -> None:
        """Hook after each test; may be overridden without ``super()``."""

    def add_cleanup(self, function: Callable[..., object], /, *args: object, **kwargs: object) -> None:
        """Call ``function`` when the test has ended, whatever its outcome, last added first."""
        raise NotImplementedError

    def get_env(self) -> IsolatedEnvironment:
        """Return the environment of this process."""
        return get_env()

    @overload
    def get_env_var(self, key: str) -> str | None: ...
    @overload
    def get_env_var(self, key: str, default: T) -> str | T: ...
    def get_env_var(self, key: str, default: object = None) -> object:
        """Return the variable's value, or ``default`` if it is not set."""
        return get_env().get(key, default)

    def set_env_var(self, key: str, value: str) -> None:
        """Set a variable until the end of the test."""
        before = get_env().get(key)
        get_env().set(key, value, source=type(self).__qualname__)
        self.add_cleanup(_put_back, key, before)

    def delete_env_var(self, key: str) -> None:
        """Delete a variable, if it is set, until the end of the test."""
        before = get_env().get(key)
        if before is not None:
            get_env().delete(key)
            self.add_cleanup(_put_back, key, before)

    @contextmanager
    def temp_env_vars(self, mapping: Mapping[str, str] | None = None, /, **variables: str) -> Iterator[None]:
        """Set variables inside the block; afterwards the whole environment is as it was before."""
        with get_env().restored():
            get_env().update({**(mapping or {}), **variables}, source=type(self).__qualname__)
            yield

    def record_metric(self, name: str, value: Any) -> None:  # noqa: ANN401 - whatever a test measures
        """Keep a measured value under a name."""
        self._ssot_record().metrics[name] = value

    def get_metric(self, name: str, default: Any = None) -> Any:  # noqa: ANN401
        """Return a value that was recorded, or ``default``."""
        return self._ssot_record().metrics.get(name, default)

    def get_all_metrics(self) -> dict[str, Any]:
        """Return the recorded values, the counters and ``execution_time`` so far in seconds."""
        record = self._ssot_record()
        counters = ("database_queries", "redis_operations", "websocket_events", "llm_requests")
        counts = {name: record.counts[name] for name in counters}
        return {"execution_time": time.monotonic() - record.started, **counts, **record.metrics}

    def increment_db_query_count(self, count: int = 1) -> None:
        """Count database queries."""
        self._ssot_record().counts["database_queries"] += count

    def get_db_query_count(self) -> int:
        """Return the number of database queries counted."""
        return self._ssot_record().counts["database_queries"]

    def increment_redis_ops_count(self, count: int = 1) -> None:
        """Count Redis operations."""
        self._ssot_record().counts["redis_operations"] += count

    def get_redis_ops_count(self) -> int:
        """Return the number of Redis operations counted."""
        return self._ssot_record().counts["redis_operations"]

    def increment_websocket_events(self, count: int = 1) -> None:
        """Count websocket events."""
        self._ssot_record().counts["websocket_events"] += count

    def get_websocket_events_count(self) -> int:
        """Return the number of websocket events counted."""
        return self._ssot_record().counts["websocket_events"]

    def increment_llm_requests(self, count: int = 1) -> None:
        """Count requests to a language model."""
        self._ssot_record().counts["llm_requests"] += count

    def get_llm_requests_count(self) -> int:
        """Return the number of requests to a language model counted."""
        return self._ssot_record().counts["llm_requests"]

    def assert_execution_time_under(self, max_seconds: float) -> None:
        """Fail if the test has already taken ``max_seconds`` or more."""
        elapsed = time.monotonic() - self._ssot_record().started
        if elapsed >= max_seconds:
            raise AssertionError(f"the test has taken {elapsed:.3f} s, allowed are {max_seconds} s")

    def expect_exception(
        self, expected: type[BaseException], message_pattern: str | None = None
    ) -> AbstractContextManager[Any]:
        """Fail unless the block raises ``expected``, with a message that the pattern is found in."""
        return unittest.TestCase().assertRaisesRegex(expected, message_pattern or "")  # noqa: PT027

    def wait_for_condition(
        self,
        condition: Callable[[], object],
        timeout: float = 5.0,
        interval: float = 0.05,
        error_message: str = "condition not met",
    ) -> Awaitable[None]:
        """Poll until ``condition()`` is true; to be awaited in an async test, blocking elsewhere."""
        return waiting.wait_for_condition(condition, timeout, interval, error_message)

    @overload
    def run_with_timeout(self, work: Awaitable[T], timeout: float = 5.0) -> Awaitable[T]: ...
    @overload
    def run_with_timeout(self, work: Callable[[], T], timeout: float = 5.0) -> T: ...
    def run_with_timeout(self, work: Any, timeout: float = 5.0) -> Any:
        """Await an awaitable or call a callable with a limit in seconds; TimeoutError after that."""
        return waiting.run_with_timeout(work, timeout)


class SSotBaseTestCase(_CaseFeatures, unittest.TestCase):
    """The base of synchronous unittest-style tests; pytest's ``setup_method`` is called by all runners."""

    __ran = False
    __calls_hooks = True

    def __init_subclass__(cls, **options: object) -> None:
        """Refuse a class with an async test or hook that would never be awaited."""
        super().__init_subclass__(**options)  # type: ignore[arg-type]
        check_unittest_case(cls, SSotBaseTestCase)

    def run(self, result: unittest.TestResult | None = None) -> unittest.TestResult | None:
        """Run the test, its layers known to the framework."""
        if self.__ran:
            self._ssot_begin()
        self.__ran, self.__calls_hooks = True, not _is_pytest_s(result)
        self._ssot_record()
        with running(marks_of(type(self), getattr(self, self._testMethodName, None))):
            return super().run(result)

    def add_cleanup(self, function: Callable[..., object], /, *args: object, **kwargs: object) -> None:
        """Call ``function`` when the test has ended, whatever its outcome, last added first."""
        self.addCleanup(_call_blocking, function, *args, **kwargs)

    def _callSetUp(self) -> None:  # noqa: N802 - unittest's name
        if self.__calls_hooks:
            method = getattr(self, self._testMethodName)
            _call_hook(type(self).setup_method, self, method)
            self.addCleanup(_call_hook, type(self).teardown_method, self, method)
        super()._callSetUp()  # type: ignore[misc]

    def _callTestMethod(self, method: Callable[..., object]) -> None:  # noqa: N802
        awaits = isinstance(self, unittest.IsolatedAsyncioTestCase) and inspect.iscoroutinefunction(method)
        super()._callTestMethod(method if awaits else _blocking(method))  # type: ignore[misc]


class SSotAsyncTestCase(SSotBaseTestCase, unittest.IsolatedAsyncioTestCase):
    """The base of unittest-style tests with ``async def`` tests, each awaited in its own event loop."""

    def add_cleanup(self, function: Callable[..., object], /, *args: object, **kwargs: object) -> None:
        """Call ``function``, which may be async, when the test has ended, last added first."""

        async def cleanup() -> None:
            result = function(*args, **kwargs)
            if inspect.isawaitable(result):
                await result

        self.addAsyncCleanup(cleanup)


class SSotPytestCase(_CaseFeatures):
    """The base of plain pytest classes; an async test needs a plugin such as pytest-asyncio."""

    def __init_subclass__(cls, **options: object) -> None:
        """Refuse hooks that nobody would call, and run our own around those that pytest calls."""
        super().__init_subclass__(**options)
        check_pytest_case(cls)
        for name, bracket in (("setup_method", _around_setup), ("teardown_method", _around_teardown)):
            inner = getattr(cls, name)
            if is_plain_function(inner) and not hasattr(inner, "_ssot_bracket"):
                setattr(cls, name, bracket(inner))

    def add_cleanup(self, function: Callable[..., object], /, *args: object, **kwargs: object) -> None:
        """Call ``function`` after ``teardown_method``, whatever the outcome, last added first."""
        self._ssot_record().exits.callback(_call_blocking, function, *args, **kwargs)


def _put_back(key: str, before: str | None) -> None:
    if before is None:
        get_env().delete(key)
    else:
        get_env().set(key, before)


def _call_blocking(function: Callable[..., object], /, *args: object, **kwargs: object) -> object:
    """Call what must not be async: what it returns would never be awaited."""
    return _refuse_async(function, function(*args, **kwargs))


def _refuse_async(function: Callable[..., object], result: object) -> object:
    if inspect.isawaitable(result) or inspect.isasyncgen(result):
        if inspect.iscoroutine(result):
            result.close()
        raise TypeError(f"{function!r} is async and would never be awaited here; use SSotAsyncTestCase")
    return result


def _blocking(test: Callable[..., object]) -> Callable[[], object]:
    """Return what calls ``test`` once and refuses what must not be async.

    A test may look at who calls it. So no Python function of ours stands between it and unittest.
    """
    return partial(next, map(partial(_refuse_async, test), starmap(test, [()])))


def _is_pytest_s(result: object) -> bool:
    """Return whether pytest runs the case: it has called ``setup_method`` then."""
    return any(base.__module__ == "_pytest.unittest" for base in type(result).__mro__)


def _call_hook(hook: Callable[..., None], case: _CaseFeatures, method: Callable[..., object] | None) -> None:
    # As pytest does: the test function is passed to a hook that takes an argument.
    if hook.__code__.co_argcount > 1:
        hook(case, method)
    else:
        hook(case)


def _around_setup(inner: Callable[..., None]) -> Callable[..., None]:
    @wraps(inner)
    def setup_method(self: SSotPytestCase, method: Callable[..., object] | None = None) -> None:
        if type(self).setup_method is not setup_method:  # reached through super()
            _call_hook(inner, self, method)
            return
        exits = self._ssot_begin().exits
        exits.enter_context(running(marks_of(type(self), method)))
        try:
            _call_hook(inner, self, method)
        except BaseException:
            with exits:
                raise

    setup_method._ssot_bracket = True  # type: ignore[attr-defined]
    return setup_method


def _around_teardown(inner: Callable[..., None]) -> Callable[..., None]:
    @wraps(inner)
    def teardown_method(self: SSotPytestCase, method: Callable[..., object] | None = None) -> None:
        if type(self).teardown_method is not teardown_method:  # reached through super()
            _call_hook(inner, self, method)
            return
        with self._ssot_record().exits:
            _call_hook(inner, self, method)

    teardown_method._ssot_bracket = True  # type: ignore[attr-defined]
    return teardown_method


_TERM = {"owner": "test_framework/ssot", "since": "2026-11-27", "until": "2027-12-31"}
BaseTestCase = deprecated_alias("BaseTestCase", SSotBaseTestCase, **_TERM)
AsyncTestCase = deprecated_alias("AsyncTestCase", SSotAsyncTestCase, **_TERM)
BaseIntegrationTest = deprecated_alias("BaseIntegrationTest", SSotBaseTestCase, **_TERM)
