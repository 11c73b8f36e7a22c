"""Batches: needs Python 3.12, see the conftest at the top."""
import os

import pytest

from notifications import batching


def same[T](items: list[T]) -> list[T]:
    return [item for batch in batching.batches(items, 3) for item in batch]


@pytest.mark.parametrize("count", [0, 1, 3, 7])
def test_nothing_is_lost(count):
    assert same(list(range(count))) == list(range(count))


def test_size_from_environment():
    os.environ["NOTIFY_BATCH"] = "2"
    assert list(batching.batches("abc")) == [("a", "b"), ("c",)]


def test_window():
    window = batching.Window[int](2)
    assert [window.push(number) for number in (1, 2, 3)] == [None, None, 1]
