"""Jobs on other machines, by Dask: the same job function, results by value, lost workers' jobs elsewhere."""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ssot_migrate.errors import SsotMigrateError, UsageError
from ssot_migrate.fleet.credentials import hidden
from ssot_migrate.fleet.executors import Executor, Stop
from ssot_migrate.fleet.isolation import run_isolated
from ssot_migrate.fleet.model import Job, Outcome, Result, Verdict

if TYPE_CHECKING:
    from distributed import Client, Future

_LOOK = 0.2


class _SchedulerLost(Exception):
    """The scheduler went away, and with it all that it knew of our jobs."""


def cluster(address: str, patience: float = 300.0) -> Executor:
    """An executor on the workers of the scheduler at ``address``, which may be away for ``patience`` seconds.

    Raises:
        UsageError: Dask is not installed.
        SsotMigrateError: the scheduler stayed away.
    """

    def run(jobs: Iterable[Job], stop: Stop) -> Iterator[Result]:
        source = iter(jobs)
        unfinished: dict[str, Job] = {}
        while True:
            try:
                with _connected(address, patience) as client:
                    yield from _session(client, source, unfinished, stop)
                return
            except _SchedulerLost:
                continue

    return run


@contextmanager
def _connected(address: str, patience: float) -> Iterator[Client]:
    try:
        from distributed import Client
    except ImportError as error:
        hint = "pip install 'ssot-migrate[cluster]'"
        raise UsageError("--scheduler needs Dask's distributed", hint=hint) from error
    end = time.monotonic() + patience
    while True:
        try:
            client: Any = Client(  # type: ignore[no-untyped-call]
                address, timeout=5, set_as_default=False
            )
            break
        except (OSError, TimeoutError, ValueError) as error:
            if time.monotonic() > end or isinstance(error, ValueError):
                message = f"the scheduler {address} cannot be reached: {error}"
                raise SsotMigrateError(message, hint="`--resume` goes on once it can") from error
            time.sleep(_LOOK)
    try:
        yield client
    finally:
        client.close(timeout=5)


def _session(
    client: Client, source: Iterator[Job], unfinished: dict[str, Job], stop: Stop
) -> Iterator[Result]:
    """Run what is unfinished, then what comes, while the scheduler is there."""
    futures = {_submit(client, job): job for job in unfinished.values()}
    while not stop():
        _require(client)
        for job in _next(source, 2 * max(1, _threads(client)) - len(futures)):
            unfinished[job.unit.name] = job
            futures[_submit(client, job)] = job
        if not futures:
            return
        done = [future for future in futures if future.status != "pending"]
        for future in done:
            result = _result(future, futures.pop(future))
            del unfinished[result.unit]
            yield result
        if not done:
            time.sleep(_LOOK)
    client.cancel(list(futures))  # type: ignore[no-untyped-call]


def _next(source: Iterator[Job], room: int) -> Iterator[Job]:
    while room > 0 and (job := next(source, None)) is not None:
        yield job
        room -= 1


def _require(client: Client) -> None:
    if client.status != "running":
        raise _SchedulerLost


def _submit(client: Client, job: Job) -> Future[Result]:
    _require(client)
    return client.submit(run_isolated, job, pure=False)


def _threads(client: Client) -> int:
    try:
        return sum(client.nthreads().values())  # type: ignore[no-untyped-call]
    except (OSError, TimeoutError) as error:
        raise _SchedulerLost from error


def _result(future: Future[Result], job: Job) -> Result:
    """What a job gave; one that took several workers down with it has failed."""
    if future.status in {"cancelled", "lost"}:
        raise _SchedulerLost
    try:
        result: Result = future.result()
    except OSError as error:  # the worker that held it died before we had it
        raise _SchedulerLost from error
    except Exception as error:
        reason = hidden(f"its workers were lost: {type(error).__name__}: {error}")
        return Result(job.unit.name, Outcome(Verdict.FAILED, reason))
    return result
