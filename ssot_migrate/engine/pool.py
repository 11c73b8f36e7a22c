"""Work on many files in a few processes; a worker that dies costs the file that killed it."""

from __future__ import annotations

import gc
import multiprocessing
import os
import time
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection, wait
from typing import Any, Generic, TypeVar

from ssot_migrate.engine.limits import Limits
from ssot_migrate.engine.worker import Died, Worker
from ssot_migrate.errors import SsotMigrateError

T = TypeVar("T")
R = TypeVar("R")

_PIECES = 8
_LOOK = 1.0


class Lost(Exception):
    """One item whose worker died twice, the second time alone; says how it ended."""


class Pool(Generic[T, R]):
    """Runs ``work(items)`` on chunks of items. ``start`` is called once in each worker.

    ``method`` is a multiprocessing start method; by default ``fork`` where there is one,
    because what ``start`` would build is then inherited. ``once``: each part gets a process of
    its own, with which all ends that the work took.
    """

    def __init__(
        self,
        work: Callable[[Sequence[T]], R],
        start: Callable[..., None],
        arguments: tuple[Any, ...] = (),
        *,
        workers: int | None = None,
        method: str | None = None,
        once: bool = False,
    ) -> None:
        """Remember what to run; processes start with the first chunk.

        Raises:
            UsageError: a limit in the environment makes no sense.
        """
        self.work, self.start, self.arguments = work, start, arguments
        self.workers = workers or os.cpu_count() or 1
        self.method = method or ("fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn")
        self.once, self.limits = once, Limits.from_environment()

    def run(self, parts: Iterable[Sequence[T]]) -> Iterator[tuple[Sequence[T], R | Lost]]:
        """Each part with its result, as they come.

        What a dead worker had in hand is tried again in pieces; a single item once more, when all
        else is done, with no other process beside it.
        """
        suspects: list[Sequence[T]] = []
        with _frozen():
            for part, result in self._round(parts, self.workers):
                if isinstance(result, Lost):
                    suspects.append(part)
                else:
                    yield part, result
            yield from self._round(suspects, 1)

    def _round(self, parts: Iterable[Sequence[T]], workers: int) -> Iterator[tuple[Sequence[T], R | Lost]]:
        """Every item done, or lost alone, by at most ``workers`` processes at a time."""
        waiting = deque(parts)
        team: dict[Connection, Worker] = {}
        try:
            while waiting or team:
                for _ in range(min(workers, len(waiting) + _busy(team)) - len(team)):
                    self._hire(team)
                for connection in _ready(team):
                    yield from self._heard(team, connection, waiting)
        finally:
            for worker in team.values():
                worker.end()

    def _hire(self, team: dict[Connection, Worker]) -> None:
        worker = Worker(self.work, self.start, self.arguments, self.method, self.limits)
        team[worker.connection] = worker

    def _heard(
        self, team: dict[Connection, Worker], connection: Connection, waiting: deque[Sequence[T]]
    ) -> Iterator[tuple[Sequence[T], R | Lost]]:
        """What one worker has answered, if that is a result; it is given more, or dismissed."""
        worker = team.pop(connection)
        part = worker.given
        try:
            result: R | Lost = worker.answer()
        except Died as end:
            worker.end()
            if not part:
                hint = "see the limits in docs/reliability.md"
                raise SsotMigrateError(f"a worker process cannot start: {end}", hint=hint) from end
            if len(part) > 1:
                waiting.extendleft(_pieces(part))
                return
            result = Lost(str(end))
        else:
            self._go_on(team, worker, waiting)
        if part:
            yield part, result

    def _go_on(self, team: dict[Connection, Worker], worker: Worker, waiting: deque[Sequence[T]]) -> None:
        if waiting and not (self.once and worker.given):
            worker.give(waiting.popleft())
            team[worker.connection] = worker
        else:
            worker.end()


def _ready(team: dict[Connection, Worker]) -> list[Connection]:
    """Who has answered or died, waited for a little; all others are looked after."""
    begun = time.monotonic()
    ready = [each for each in wait(list(team), _LOOK) if isinstance(each, Connection)]
    # Only time that this process has waited counts: it may have been stopped itself, and they with it.
    waited = min(time.monotonic() - begun, _LOOK)
    for connection, worker in team.items():
        if connection not in ready:
            worker.watch(waited)
    return ready


def _busy(team: dict[Connection, Worker]) -> int:
    return sum(bool(worker.given) for worker in team.values())


def _pieces(part: Sequence[T]) -> list[Sequence[T]]:
    size = -(-len(part) // _PIECES)
    return [part[start : start + size] for start in range(0, len(part), size)]


@contextmanager
def _frozen() -> Iterator[None]:
    """All that there is now is shared with forked processes, because the collector leaves it alone."""
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
