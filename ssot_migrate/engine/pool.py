"""Work on many files in a few processes; a worker that dies costs the file that killed it."""

from __future__ import annotations

import gc
import multiprocessing
import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Generic, TypeVar

T = TypeVar("T")
R = TypeVar("R")


class Lost(Exception):
    """One item whose worker died twice, the second time alone."""


class Pool(Generic[T, R]):
    """Runs ``work(items)`` on chunks of items. ``start`` is called once in each worker.

    ``method`` is a multiprocessing start method; by default ``fork`` where there is one,
    because what ``start`` would build is then inherited.
    """

    def __init__(
        self,
        work: Callable[[Sequence[T]], R],
        start: Callable[..., None],
        arguments: tuple[Any, ...] = (),
        *,
        workers: int | None = None,
        method: str | None = None,
    ) -> None:
        """Remember what to run; processes start with the first chunk."""
        self.work, self.start, self.arguments = work, start, arguments
        self.workers = workers or os.cpu_count() or 1
        self.method = method or ("fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn")

    def run(self, parts: Sequence[Sequence[T]]) -> Iterator[tuple[Sequence[T], R | Lost]]:
        """Each part with its result, as they come; parts of a dead worker are tried again in halves."""
        waiting = [list(part) for part in parts]
        while waiting:
            broken: list[list[T]] = []
            alone = all(len(part) == 1 for part in waiting)
            for part, result in self._round(waiting, 1 if alone else self.workers):
                if result is None:
                    broken.append(part)
                else:
                    yield part, result
            waiting = []
            for part in broken:
                if alone and len(part) == 1:
                    verdict = self._alone(part)
                    yield part, verdict
                else:
                    middle = (len(part) + 1) // 2
                    waiting += [half for half in (part[:middle], part[middle:]) if half]

    def _alone(self, part: Sequence[T]) -> R | Lost:
        for _, result in self._round([list(part)], 1):
            if result is not None:
                return result
        return Lost("the worker process died on this file")

    def _round(self, parts: Sequence[list[T]], workers: int) -> Iterator[tuple[list[T], R | None]]:
        """One pool over all parts; None for those whose process died, or that never ran."""
        gc.collect()
        gc.freeze()
        context = multiprocessing.get_context(self.method)
        with ProcessPoolExecutor(
            min(workers, len(parts)), mp_context=context, initializer=self.start, initargs=self.arguments
        ) as executor:
            futures: dict[Future[R], list[T]] = {}
            try:
                for part in parts:
                    futures[executor.submit(self.work, part)] = part
            except BrokenProcessPool:
                pass
            submitted = {id(part) for part in futures.values()}
            yield from _results(futures)
        gc.unfreeze()
        for part in parts:
            if id(part) not in submitted:
                yield part, None


def _results(futures: dict[Future[R], list[T]]) -> Iterator[tuple[list[T], R | None]]:
    pending = set(futures)
    while pending:
        done, pending = wait(pending, return_when=FIRST_COMPLETED)
        for future in done:
            try:
                yield futures[future], future.result()
            except BrokenProcessPool:
                yield futures[future], None
