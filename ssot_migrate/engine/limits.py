"""What one file may cost a worker process, set so that the kernel enforces it, whatever code runs there."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Iterable, Iterator
from ctypes import c_ulong
from typing import NamedTuple, Self, TypeVar

from ssot_migrate.errors import UsageError

T = TypeVar("T")

OUT_OF_MEMORY = 77
_SECONDS, _MEGABYTES = "SSOT_MIGRATE_FILE_SECONDS", "SSOT_MIGRATE_WORKER_MEGABYTES"
STOOD_STILL = f"the worker process stood still for too long ({_SECONDS})"
_per_item = 0.0
_begun: c_ulong | None = None


class Limits(NamedTuple):
    """Seconds for one file, and megabytes of address space for a worker; 0 is no limit."""

    seconds: float = 120
    megabytes: float = 4096

    @classmethod
    def from_environment(cls) -> Self:
        """The limits that the user has set, or the usual ones.

        Raises:
            UsageError: one is no number, or below zero.
        """
        usual = cls()
        return cls(_number(_SECONDS, usual.seconds), _number(_MEGABYTES, usual.megabytes))


def _number(name: str, usual: float) -> float:
    text = os.environ.get(name) or str(usual)
    try:
        number = float(text)
    except ValueError:
        number = -1
    if not 0 <= number < 1e9:
        raise UsageError(f"{name}={text!r} is not a number from 0 up", hint=f"{usual:g} is usual, 0 no limit")
    return number


def confine(limits: Limits, begun: c_ulong | None = None) -> None:
    """Hold this process, from now on, to ``limits``; it leaves no core file where it dies.

    ``begun`` is shared with the parent: ``timed`` counts items in it, as signs of life.
    """
    global _per_item, _begun
    _begun = begun
    if sys.platform == "win32":
        return
    import resource

    _per_item = limits.seconds
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    _lower(resource.RLIMIT_CORE, 0)
    if limits.megabytes:
        _lower(resource.RLIMIT_AS, int(limits.megabytes * 2**20))


def _lower(kind: int, wanted: int) -> None:
    import resource

    _, most = resource.getrlimit(kind)
    allowed = wanted if most == resource.RLIM_INFINITY else min(wanted, most)
    resource.setrlimit(kind, (allowed, most))


def timed(items: Iterable[T]) -> Iterator[T]:
    """``items``, and the end of a confined process that takes too long over one of them."""
    for item in items:
        if _begun is not None:
            _begun.value += 1
        _alarm(_per_item)
        yield item
    _alarm(0)


def _alarm(seconds: float) -> None:
    if sys.platform != "win32" and _per_item:
        signal.setitimer(signal.ITIMER_REAL, seconds)


def ending(status: int, limits: Limits) -> str:
    """How a worker process ended, by its exit status (negative: the signal)."""
    if status == OUT_OF_MEMORY:
        return f"needs more than {limits.megabytes:g} MB of memory ({_MEGABYTES})"
    if sys.platform != "win32" and status == -signal.SIGALRM:
        return f"took longer than {limits.seconds:g} s ({_SECONDS})"
    if status < 0:
        return f"the worker process was ended by {signal.Signals(-status).name} on this file"
    return f"the worker process ended with status {status} on this file"
