"""Keep code that exists for tests from running anywhere else."""

from __future__ import annotations

import inspect
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast, overload

from shared.isolated_environment import get_env

F = TypeVar("F", bound=Callable[..., Any])
_TRUE = frozenset({"1", "true", "yes", "on"})
_TEST_ENVIRONMENTS = frozenset({"test", "testing"})
_LIVE_ENVIRONMENTS = frozenset({"production", "prod", "staging"})

# The file, the decorator and the error are named like tests; pytest must not take them for some.
__test__ = False


class TestModeViolation(RuntimeError):  # noqa: N818 - the name that its users know
    """Code for tests was called outside a test run."""

    __test__ = False


def is_test_mode() -> bool:
    """Return whether a test runs, or ``TESTING`` or ``ENVIRONMENT`` says that this is a test process."""
    env = get_env()
    if "PYTEST_CURRENT_TEST" in env:
        return True
    environment = env.get("ENVIRONMENT", "").lower()
    asked = env.get("TESTING", "").lower() in _TRUE or environment in _TEST_ENVIRONMENTS
    return asked and environment not in _LIVE_ENVIRONMENTS


def require_test_mode(name: str, message: str = "") -> None:
    """Raise TestModeViolation, which names ``name``, unless this is a test process."""
    if not is_test_mode():
        raise TestModeViolation(f"{name} is for tests only{': ' if message else ''}{message}")


@overload
def test_only(reason: F) -> F: ...
@overload
def test_only(reason: str = "") -> Callable[[F], F]: ...  # noqa: PT028 - no test
def test_only(reason: Any = "") -> Any:  # noqa: ANN401, PT028
    """Refuse calls outside tests; used as ``@test_only`` or ``@test_only("reason")``, sync or async."""
    if callable(reason):
        return _guarded(reason, "")
    return lambda function: _guarded(function, reason)


test_only.__test__ = False  # type: ignore[attr-defined]


def _guarded(function: F, reason: str) -> F:
    @wraps(function)
    def guarded(*args: object, **kwargs: object) -> object:
        require_test_mode(function.__qualname__, reason)
        return function(*args, **kwargs)

    @wraps(function)
    async def guarded_async(*args: object, **kwargs: object) -> object:
        require_test_mode(function.__qualname__, reason)
        return await function(*args, **kwargs)

    return cast("F", guarded_async if inspect.iscoroutinefunction(function) else guarded)
