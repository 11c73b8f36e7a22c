"""Which layers (``unit``, ``integration``, ``e2e``, ...) the running test belongs to, told by its marks.

A test process runs one test at a time, and the threads and event loops of that test must see its
layers too: hence a plain module variable, not a context variable.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

REAL_LAYERS = frozenset({"integration", "e2e"})
"""Layers that run on real services: no mocks there."""
_running: list[frozenset[str]] = []


def current_layers() -> frozenset[str]:
    """Return the mark names of the running test; empty if nobody told."""
    return _running[-1] if _running else frozenset()


@contextmanager
def running(marks: Iterable[str]) -> Iterator[None]:
    """Say that a test with these marks runs inside the block."""
    _running.append(current_layers().union(marks))
    try:
        yield
    finally:
        _running.pop()


def marks_of(case: type, test: Callable[..., object] | None) -> frozenset[str]:
    """Return the names of the pytest marks on a test, its class, its bases and its module."""
    holders = [test, *case.__mro__, sys.modules.get(case.__module__)]
    names = set()
    for holder in holders:
        marks = getattr(holder, "pytestmark", ())
        for mark in marks if isinstance(marks, (list, tuple)) else [marks]:
            names.add(str(mark.name))
    return frozenset(names)
