"""Running a test command: in a group of processes of its own, under a time limit, and killed whole.

What leaves the group by a session of its own is found by a mark in its environment, where there is ``/proc``.
"""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from typing import NamedTuple

from ssot_migrate.errors import UsageError

MARK = "SSOT_VERIFY_RUN"
TAIL = 20_000
_MOST_OUTPUT = 200_000_000
_PAUSE = 0.02
_MOST_ROUNDS = 250


class Ended(NamedTuple):
    """Exit status (negative: a signal; None: time limit, or far too much output), and the output's end."""

    status: int | None
    output: str


def run(words: Sequence[str], folder: Path, environment: Mapping[str, str], limit: float, log: Path) -> Ended:
    """Run a command in ``folder`` for at most ``limit`` seconds; what it started is dead when this returns.

    Raises:
        UsageError: there is no such program.
    """
    with log.open("wb") as sink:
        try:
            process = subprocess.Popen(
                words,
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=sink,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )
        except OSError as error:
            hint = "name the test command: --test-command, or `test-command` in the settings"
            raise UsageError(f"cannot run {words[0]!r}: {error.strerror}", hint=hint) from error
        try:
            in_time = _wait(process.pid, time.monotonic() + limit, log)
        finally:
            _kill_group(process.pid)
            process.wait()
            _kill_strays(environment.get(MARK, ""))
    return Ended(process.returncode if in_time else None, _tail(log))


def _wait(pid: int, deadline: float, log: Path) -> bool:
    """Whether the process ended by itself. It is not reaped, so that its group stays what it was."""
    while time.monotonic() < deadline and log.stat().st_size < _MOST_OUTPUT:
        if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT):
            return True
        time.sleep(_PAUSE)
    return False


def _kill_group(pid: int) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def _kill_strays(mark: str) -> None:
    """Kill what carries the mark until nothing does: one that is just being born may slip through once."""
    for _ in range(_MOST_ROUNDS if mark else 0):
        found = list(_marked(mark))
        if not found:
            return
        for pid in found:
            with suppress(ProcessLookupError, PermissionError):
                os.kill(pid, signal.SIGKILL)
        time.sleep(_PAUSE)


def _marked(mark: str) -> Iterator[int]:
    wanted = f"{MARK}={mark}".encode()
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if wanted in (folder / "environ").read_bytes().split(b"\0"):
                yield int(folder.name)


def _tail(log: Path) -> str:
    with log.open("rb") as stream:
        stream.seek(max(0, log.stat().st_size - TAIL))
        return stream.read().decode("utf-8", "replace")
