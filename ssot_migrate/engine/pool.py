"""Work on many files in a few processes; a worker that dies costs the file that killed it."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_COMPLETED, Future, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager
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
        futures: dict[Future[R], list[T]] = {}
        with self._executor(min(workers, len(parts))) as executor:
            self._submit(executor, parts, futures)
            submitted = {id(part) for part in futures.values()}
            yield from _results(futures)
        gc.unfreeze()
        for part in parts:
            if id(part) not in submitted:
                yield part, None

    @contextmanager
    def _executor(self, workers: int) -> Iterator[ProcessPoolExecutor]:
        """Processes that are gone at the end, however it comes; what is not begun by then is not begun."""
        context = multiprocessing.get_context(self.method)
        executor = ProcessPoolExecutor(
            workers, mp_context=context, initializer=_begin, initargs=(self.start, self.arguments)
        )
        try:
            yield executor
        finally:
            executor.shutdown(cancel_futures=True)

    def _submit(
        self, executor: ProcessPoolExecutor, parts: Sequence[list[T]], futures: dict[Future[R], list[T]]
    ) -> None:
        with _ctrl_c_waits():
            try:
                for part in parts:
                    futures[executor.submit(self.work, part)] = part
            except BrokenProcessPool:
                return


@contextmanager
def _ctrl_c_waits() -> Iterator[None]:
    """Processes that are started in here do not hear of Ctrl-C before they are ready for it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _begin(start: Callable[..., None], arguments: tuple[Any, ...]) -> None:
    """In a new worker: end at Ctrl-C without a word, and with the process that started this one."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    threading.Thread(target=_end_with_parent, daemon=True).start()
    start(*arguments)


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)


def _results(futures: dict[Future[R], list[T]]) -> Iterator[tuple[list[T], R | None]]:
    pending = set(futures)
    while pending:
        done, pending = wait(pending, return_when=FIRST_COMPLETED)
        for future in done:
            try:
                yield futures[future], future.result()
            except BrokenProcessPool:
                yield futures[future], None
