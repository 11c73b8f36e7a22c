"""Worker processes: what dies costs the file that killed it, however processes are started."""

from __future__ import annotations

import os
import signal
from collections.abc import Sequence

import pytest

from ssot_migrate.engine.pool import Lost, Pool

_started: list[str] = []


def start(word: str) -> None:
    """Leave ``word`` in this process."""
    _started.append(word)


def double(items: Sequence[int]) -> list[int]:
    """Twice each item; 13 kills the process as the kernel would."""
    if 13 in items:
        os.kill(os.getpid(), signal.SIGKILL)
    return [2 * item for item in items]


def greet(items: Sequence[int]) -> list[str]:
    """What ``start`` left, once an item."""
    return [_started[-1] for _ in items]


def run(parts: list[list[int]], method: str) -> tuple[dict[int, int], list[int]]:
    """Doubled values by item, and the items that were lost."""
    pool: Pool[int, list[int]] = Pool(double, start, ("x",), workers=2, method=method)
    values: dict[int, int] = {}
    lost: list[int] = []
    for part, result in pool.run(parts):
        if isinstance(result, Lost):
            lost += part
        else:
            values |= dict(zip(part, result, strict=True))
    return values, lost


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_every_item_is_done_once(method: str) -> None:
    """All parts come back, in whatever order."""
    values, lost = run([[1, 2], [3], [4, 5, 6]], method)

    assert values == {n: 2 * n for n in range(1, 7)}
    assert lost == []


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_a_killed_worker_costs_one_item(method: str) -> None:
    """The item that kills its process is lost, alone; its neighbours are done."""
    values, lost = run([[1, 2], [3, 13, 4, 5], [6]], method)

    assert lost == [13]
    assert sorted(values) == [1, 2, 3, 4, 5, 6]


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_workers_are_prepared(method: str) -> None:
    """``start`` runs with its arguments in every process."""
    pool: Pool[int, list[str]] = Pool(greet, start, ("hello",), workers=2, method=method)

    results = {len(part): result for part, result in pool.run([[1], [2, 3]])}

    assert results == {1: ["hello"], 2: ["hello", "hello"]}


def where(items: Sequence[int]) -> list[int]:
    """The process that works on ``items``."""
    return [os.getpid()] * len(items)


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_a_part_may_have_a_process_of_its_own(method: str) -> None:
    """What the work on one part took is gone when the next one begins."""
    pool: Pool[int, list[int]] = Pool(where, start, ("x",), workers=1, method=method, once=True)

    found = [result for _, result in pool.run([[1, 2], [3], [4]])]

    assert [len(set(each)) for each in found if not isinstance(each, Lost)] == [1, 1, 1]
    assert len({pid for each in found if not isinstance(each, Lost) for pid in each}) == 3
