"""Whatever a file does to the process that reads it, it costs that file, tried once more, and says why."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from ssot_migrate.engine.limits import Limits, timed
from ssot_migrate.engine.pool import Lost, Pool
from ssot_migrate.errors import SsotMigrateError, UsageError

FATAL = 13


def hang(where: Path) -> None:
    """Never come back, not even to the interpreter."""
    ctypes.CDLL(None).sleep(3600)


def eat(where: Path) -> None:
    """Ask for more memory than there may be."""
    bytearray(2**40)


def segfault(where: Path) -> None:
    """Read where nothing is."""
    ctypes.string_at(0)


def die(where: Path) -> None:
    """As the kernel's out-of-memory killer does it."""
    os.kill(os.getpid(), signal.SIGKILL)


def stop(where: Path) -> None:
    """Stand still, so that no alarm is heard."""
    os.kill(os.getpid(), signal.SIGSTOP)


def leave(where: Path) -> None:
    """Exit without a word."""
    os._exit(3)


def stumble(where: Path) -> None:
    """Raise what nobody has foreseen."""
    raise KeyError("unforeseen")


def die_once(where: Path) -> None:
    """Die only where nobody has died before, as for a moment's want of memory."""
    mark = where / "died"
    if not mark.exists():
        mark.touch()
        die(where)


def run(
    fault: Callable[[Path], None], where: Path, parts: list[list[int]]
) -> tuple[list[int], dict[int, str], list[str]]:
    """Items that were done, those that were lost with the reason, and every try of the fatal one."""

    def work(items: Sequence[int]) -> list[int]:
        for item in timed(items):
            if item == FATAL:
                with (where / "tries").open("a") as log:
                    log.write(f"{len(items)}\n")
                fault(where)
        return list(items)

    pool: Pool[int, list[int]] = Pool(work, lambda: None, workers=2, method="fork")
    results = list(pool.run(parts))
    lost = {part[0]: str(result) for part, result in results if isinstance(result, Lost)}
    done = sorted(n for _, result in results if not isinstance(result, Lost) for n in result)
    return done, lost, (where / "tries").read_text().split()


@pytest.mark.parametrize(
    ("fault", "reason"),
    [
        (hang, "took longer than 2 s (SSOT_MIGRATE_FILE_SECONDS)"),
        pytest.param(
            stop,
            "the worker process stood still for too long (SSOT_MIGRATE_FILE_SECONDS)",
            marks=pytest.mark.heavy,
        ),
        (eat, "needs more than 1000 MB of memory (SSOT_MIGRATE_WORKER_MEGABYTES)"),
        (segfault, "the worker process was ended by SIGSEGV on this file"),
        (die, "the worker process was ended by SIGKILL on this file"),
        (leave, "the worker process ended with status 3 on this file"),
        (stumble, "a defect of ours: KeyError('unforeseen')"),
    ],
)
def test_a_fatal_item_is_tried_twice_alone_and_costs_itself(
    fault: Callable[[Path], None], reason: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """In pieces, then alone, then alone with nothing beside it; all others are done, once each."""
    if fault in (hang, stop):
        monkeypatch.setenv("SSOT_MIGRATE_FILE_SECONDS", "2")
    monkeypatch.setenv("SSOT_MIGRATE_WORKER_MEGABYTES", "1000")
    done, lost, tries = run(fault, tmp_path, [list(range(10)), list(range(10, 42)), [50]])
    assert done == [*range(FATAL), *range(FATAL + 1, 42), 50]
    assert lost == {FATAL: reason}
    assert tries == ["32", "4", "1", "1"]


def test_what_dies_once_is_done_at_the_second_try(tmp_path: Path) -> None:
    """A worker that somebody killed costs nothing but time."""
    assert run(die_once, tmp_path, [[1, FATAL], [2]]) == ([1, 2, FATAL], {}, ["2", "1"])


def test_workers_that_cannot_start_end_the_run() -> None:
    """Trying every file would help nobody; the error says what to look at."""

    def fail() -> None:
        raise RuntimeError("no")

    pool: Pool[int, list[int]] = Pool(list, fail, workers=2, method="fork")
    with pytest.raises(SsotMigrateError, match=r"cannot start: a defect of ours: RuntimeError\('no'\)"):
        list(pool.run([[1], [2]]))


@pytest.mark.parametrize("text", ["soon", "-1", "nan", "inf"])
def test_a_limit_that_is_no_number_is_named(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing is guessed at."""
    monkeypatch.setenv("SSOT_MIGRATE_FILE_SECONDS", text)
    with pytest.raises(UsageError, match="SSOT_MIGRATE_FILE_SECONDS"):
        Limits.from_environment()


def test_the_time_between_chunks_does_not_count(monkeypatch: pytest.MonkeyPatch) -> None:
    """A worker that waits for its parent is not late."""
    monkeypatch.setenv("SSOT_MIGRATE_FILE_SECONDS", "2")

    def work(items: Sequence[int]) -> int:
        return sum(timed(items))

    pool: Pool[int, int] = Pool(work, lambda: None, workers=1, method="fork")
    results = []
    for _, result in pool.run([[1], [2]]):
        time.sleep(3)
        results.append(result)
    assert results == [1, 2]


def test_nothing_is_timed_where_no_worker_is() -> None:
    """In the process of a caller, no alarm is set."""
    assert list(timed([1, 2])) == [1, 2]
    assert signal.getitimer(signal.ITIMER_REAL) == (0, 0)
    assert sys.platform != "win32"


def test_a_worker_that_is_stopped_in_the_middle_of_its_answer_is_ended(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """More than a pipe holds has been read of it by then; the item is done at another try, and whole."""
    monkeypatch.setenv("SSOT_MIGRATE_FILE_SECONDS", "1")
    stopped: list[int] = []

    def work(items: Sequence[int]) -> bytes:
        return os.urandom(3_000_000)

    class Stopping(Pool[int, bytes]):
        def _heard(self, team, connection, waiting):  # type: ignore[no-untyped-def]  # noqa: ANN001, ANN202
            if team[connection].given and not stopped:
                stopped.append(team[connection].process.pid)
                os.kill(stopped[0], signal.SIGSTOP)
            return super()._heard(team, connection, waiting)

    results = list(Stopping(work, lambda: None, workers=1, method="fork").run([[1]]))
    assert [len(result) for _, result in results if isinstance(result, bytes)] == [3_000_000]
    with pytest.raises(ProcessLookupError):
        os.kill(stopped[0], 0)


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_a_worker_that_stops_at_its_start_ends_the_run(method: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """It has no file that could be left out; the error says so, and nothing is waited for."""
    monkeypatch.setattr("ssot_migrate.engine.worker.START_SECONDS", 3)
    pool: Pool[int, list[int]] = Pool(list, signal.raise_signal, (signal.SIGSTOP,), workers=2, method=method)
    with pytest.raises(SsotMigrateError, match="cannot start: the worker process stood still for too long"):
        list(pool.run([[1], [2]]))
