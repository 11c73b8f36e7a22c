"""The command, with one thing that kills it: ``POINT COUNT WHEN WHERE FAULT -- ARGUMENTS``.

POINT is ``module:attribute``. The COUNTth call of it (0: each of which a value holds DEADLY) is hit,
``before`` or ``after`` it is done, in the ``parent`` or in a ``worker``.
"""

from __future__ import annotations

import ctypes
import functools
import importlib
import os
import signal
import sys
from collections.abc import Callable
from typing import Any

FAULTS: dict[str, Callable[[], object]] = {
    "SIGKILL": lambda: os.kill(os.getpid(), signal.SIGKILL),
    "SIGSEGV": lambda: os.kill(os.getpid(), signal.SIGSEGV),
    "SIGSTOP": lambda: os.kill(os.getpid(), signal.SIGSTOP),
    "hang": lambda: ctypes.CDLL(None).sleep(3600),
    "memory": lambda: bytearray(2**45),
}


def main(point: str, count: str, when: str, where: str, fault: str, _: str, *arguments: str) -> None:
    """Arm the point, then be the command."""
    module, _, name = point.partition(":")
    holder: Any = importlib.import_module(module)
    *outer, name = name.split(".")
    for each in outer:
        holder = getattr(holder, each)
    parent, calls = os.getpid(), [0]
    original = getattr(holder, name)

    def hit(values: tuple[object, ...]) -> bool:
        if (os.getpid() == parent) != (where == "parent"):
            return False
        calls[0] += 1
        return _is_marked(values) if count == "0" else calls[0] == int(count)

    @functools.wraps(original)
    def deadly(*values: Any, **named: Any) -> Any:  # noqa: ANN401
        struck = hit(values)
        if struck and when == "before":
            FAULTS[fault]()
        result = original(*values, **named)
        if struck:
            FAULTS[fault]()
        return result

    setattr(holder, name, deadly)
    from ssot_migrate.cli import main as command

    command(arguments)


def _is_marked(values: tuple[object, ...]) -> bool:
    texts = (getattr(value, "data", value) for value in values)
    return any(isinstance(text, bytes) and b"DEADLY" in text for text in texts)


if __name__ == "__main__":
    main(*sys.argv[1:])
