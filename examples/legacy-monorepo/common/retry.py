"""Retries with exponential backoff; limits come from the environment."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator
from typing import TypeVar

from common.config import read_int, read_seconds

T = TypeVar("T")


class GaveUp(Exception):
    """All attempts failed; the last error is the cause."""

    def __init__(self, attempts: int):
        super().__init__(f"gave up after {attempts} attempts")
        self.attempts = attempts


def delays(attempts: int | None = None, base: float | None = None, ceiling: float = 30.0) -> Iterator[float]:
    """The pauses between attempts, in seconds: one fewer than there are attempts."""
    count = read_int("HARBOR_RETRY_ATTEMPTS", 3, minimum=1) if attempts is None else attempts
    step = read_seconds("HARBOR_RETRY_BASE", 0.2) if base is None else base
    for turn in range(count - 1):
        yield min(ceiling, step * 2**turn)


def call(action: Callable[[], T], retry_on: tuple[type[BaseException], ...] = (OSError,), sleep=time.sleep, **limits) -> T:
    """``action()``, again after each pause while it raises one of ``retry_on``."""
    attempts = 1
    pauses = delays(**limits)
    while True:
        try:
            return action()
        except retry_on as error:
            pause = next(pauses, None)
            if pause is None:
                raise GaveUp(attempts) from error
            attempts += 1
            sleep(pause)


async def call_async(
    action: Callable[[], Awaitable[T]],
    retry_on: tuple[type[BaseException], ...] = (OSError,),
    sleep=asyncio.sleep,
    **limits,
) -> T:
    attempts = 1
    pauses = delays(**limits)
    while True:
        try:
            return await action()
        except retry_on as error:
            pause = next(pauses, None)
            if pause is None:
                raise GaveUp(attempts) from error
            attempts += 1
            await sleep(pause)
