"""Where jobs run: here, in as many processes as asked for. Others are modules of their own."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait

from ssot_migrate.fleet.isolation import Cell
from ssot_migrate.fleet.model import Job, Result

Stop = Callable[[], bool]
"""Asked about once a second: whether to begin nothing more, and to end what runs."""
Executor = Callable[[Iterable[Job], Stop], Iterator[Result]]
"""Gives results in the order in which they come; jobs are taken when there is room for them."""


def local(workers: int) -> Executor:
    """An executor of ``workers`` processes at a time on this machine."""

    def run(jobs: Iterable[Job], stop: Stop) -> Iterator[Result]:
        source = iter(jobs)
        running: dict[Future[Result], Cell] = {}
        with ThreadPoolExecutor(workers) as pool:
            try:
                while not stop() and (_fill(pool, source, running, workers) or running):
                    done, _ = wait(running, timeout=1.0, return_when=FIRST_COMPLETED)
                    for future in done:
                        del running[future]
                        yield future.result()
            finally:
                for cell in running.values():
                    cell.stop()

    return run


def _fill(
    pool: ThreadPoolExecutor, source: Iterator[Job], running: dict[Future[Result], Cell], workers: int
) -> bool:
    """Begin jobs until ``workers`` of them run; whether any was begun."""
    begun = False
    while len(running) < workers and (job := next(source, None)) is not None:
        cell = Cell(job)
        running[pool.submit(cell.run)] = cell
        begun = True
    return begun
