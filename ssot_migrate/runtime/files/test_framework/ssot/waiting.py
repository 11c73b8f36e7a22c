"""Waiting with a limit, the same call for blocking and for async tests."""

from __future__ import annotations

import asyncio
import contextvars
import inspect
import threading
import time
from collections.abc import Awaitable, Callable, Generator
from concurrent.futures import Future, wait
from typing import TypeVar, overload

T = TypeVar("T")


class _Settled(Awaitable[None]):
    """What a wait that has already ended returns, so that ``await`` is allowed everywhere."""

    def __await__(self) -> Generator[None, None, None]:
        """Return at once."""
        return
        yield


def wait_for_condition(
    condition: Callable[[], object],
    timeout: float = 5.0,
    interval: float = 0.05,
    error_message: str = "condition not met",
) -> Awaitable[None]:
    """Poll until ``condition()`` is true; TimeoutError after ``timeout`` seconds.

    Where an event loop runs, nothing happens until the result is awaited, and the condition may be
    async; elsewhere the call blocks.
    """
    failure = TimeoutError(f"{error_message} (within {timeout} s)")
    if _loop_runs():
        return _poll_async(condition, timeout, interval, failure)
    deadline = time.monotonic() + timeout
    while not _not_awaitable(condition()):
        if time.monotonic() >= deadline:
            raise failure
        time.sleep(interval)
    return _Settled()


@overload
def run_with_timeout(work: Awaitable[T], timeout: float = 5.0) -> Awaitable[T]: ...
@overload
def run_with_timeout(work: Callable[[], T], timeout: float = 5.0) -> T: ...
def run_with_timeout(work: Awaitable[T] | Callable[[], T], timeout: float = 5.0) -> Awaitable[T] | T:
    """Await ``work``, or call it, with a limit in seconds; TimeoutError after that.

    An awaitable is cancelled then. A callable runs on in its daemon thread: Python cannot stop it.
    """
    if isinstance(work, Awaitable):
        return _await_within(work, timeout)
    future: Future[T] = Future()
    context = contextvars.copy_context()
    threading.Thread(target=context.run, args=(_settle, future, work), daemon=True).start()
    if not wait([future], timeout).done:
        raise TimeoutError(f"{work!r} still runs after {timeout} s")
    return future.result()


def _loop_runs() -> bool:
    try:
        asyncio.get_running_loop()
    except RuntimeError:
        return False
    return True


async def _poll_async(
    condition: Callable[[], object], timeout: float, interval: float, failure: TimeoutError
) -> None:
    deadline = time.monotonic() + timeout
    while True:
        result = condition()
        if await result if inspect.isawaitable(result) else result:
            return
        if time.monotonic() >= deadline:
            raise failure
        await asyncio.sleep(interval)


async def _await_within(work: Awaitable[T], timeout: float) -> T:
    try:
        return await asyncio.wait_for(work, timeout)
    except asyncio.TimeoutError as error:  # noqa: UP041 - another class before Python 3.11
        raise TimeoutError(f"{work!r} not done after {timeout} s") from error


def _settle(future: Future[T], work: Callable[[], T]) -> None:
    try:
        future.set_result(work())
    except BaseException as error:  # the caller's thread raises it
        future.set_exception(error)


def _not_awaitable(result: object) -> object:
    if inspect.iscoroutine(result):
        result.close()
        raise TypeError("an async condition needs a running event loop")
    return result
