"""Batches of anything. Needs Python 3.12: type parameters."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator

type Batch[T] = tuple[T, ...]


def batch_size() -> int:
    return int(os.environ.get("NOTIFY_BATCH", "50"))


def batches[T](items: Iterable[T], size: int | None = None) -> Iterator[Batch[T]]:
    """``items`` in groups of ``size``, the last one shorter."""
    group: list[T] = []
    for item in items:
        group.append(item)
        if len(group) == (size or batch_size()):
            yield tuple(group)
            group = []
    if group:
        yield tuple(group)


class Window[T]:
    """The last few items."""

    def __init__(self, limit: int) -> None:
        self.limit = limit
        self.items: list[T] = []

    def push(self, item: T) -> T | None:
        self.items.append(item)
        return self.items.pop(0) if len(self.items) > self.limit else None
