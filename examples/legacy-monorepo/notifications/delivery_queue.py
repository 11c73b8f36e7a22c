"""Deliveries in the background: a queue, some workers, and a list of what could not be delivered."""

from __future__ import annotations

import asyncio
import dataclasses
import os
from collections.abc import Awaitable, Callable
from typing import Any


@dataclasses.dataclass
class Delivery:
    channel: str
    to: str
    text: str
    attempts: int = 0


class DeliveryQueue:
    def __init__(self, send: Callable[[Delivery], Awaitable[Any]], workers: int | None = None):
        self.send = send
        self.workers = workers or int(os.environ.get("NOTIFY_WORKERS", "2"))
        self.attempts = int(os.environ.get("NOTIFY_ATTEMPTS", "5"))
        self.queue: asyncio.Queue[Delivery] = asyncio.Queue()
        self.delivered: list[Delivery] = []
        self.dead: list[tuple[Delivery, str]] = []
        self._tasks: list[asyncio.Task[None]] = []

    def put(self, channel: str, to: str, text: str) -> None:
        self.queue.put_nowait(Delivery(channel, to, text))

    async def __aenter__(self) -> DeliveryQueue:
        self._tasks = [asyncio.create_task(self._work(), name=f"delivery-{n}") for n in range(self.workers)]
        return self

    async def __aexit__(self, kind, error, traceback) -> None:
        if kind is None:
            await self.queue.join()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _work(self) -> None:
        while True:
            delivery = await self.queue.get()
            try:
                await self._try(delivery)
            finally:
                self.queue.task_done()

    async def _try(self, delivery: Delivery) -> None:
        delivery.attempts += 1
        try:
            await self.send(delivery)
        except Exception as error:
            if delivery.attempts < self.attempts:
                self.queue.put_nowait(delivery)
            else:
                self.dead.append((delivery, f"{type(error).__name__}: {error}"))
        else:
            self.delivered.append(delivery)
