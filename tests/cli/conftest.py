"""The command in a real terminal of any size."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import sys
import termios
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|\x1b\][^\x07]*\x07")


class Seen(NamedTuple):
    """All that a terminal was sent, and the exit code."""

    raw: str
    code: int

    @property
    def lines(self) -> list[str]:
        """The lines as they stand in the end, without colours."""
        text = _ESCAPES.sub("", self.raw).replace("\r\n", "\n")
        return [line.rpartition("\r")[2].rstrip() for line in text.split("\n")]


Terminal = Callable[..., Seen]


@pytest.fixture
def terminal() -> Terminal:
    """Run ``ssot-migrate`` in a terminal: ``terminal(*arguments, cwd=…, columns=…, talk=…)``.

    ``talk`` are pairs of what to wait for and what to type then.
    """

    def run(
        *arguments: str,
        cwd: Path,
        columns: int = 80,
        talk: Sequence[tuple[str, str]] = (),
        env: Mapping[str, str] | None = None,
    ) -> Seen:
        master, slave = pty.openpty()
        fcntl.ioctl(slave, termios.TIOCSWINSZ, struct.pack("HHHH", 40, columns, 0, 0))
        left_out = {"COLUMNS", "LINES", "NO_COLOR", "CI", "FORCE_COLOR"}
        own = {key: value for key, value in os.environ.items() if key not in left_out}
        own |= {"TERM": "xterm-256color", "SSOT_MIGRATE_CACHE": str(cwd.parent / "cache"), **(env or {})}
        with subprocess.Popen(
            [sys.executable, "-m", "ssot_migrate", *arguments],
            cwd=cwd,
            env=own,
            stdin=slave,
            stdout=slave,
            stderr=slave,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),  # so that Ctrl-C is a signal
        ) as process:
            os.close(slave)
            raw = _conversation(master, list(talk))
            os.close(master)
        return Seen(raw, process.returncode)

    return run


def _conversation(master: int, talk: list[tuple[str, str]]) -> str:
    """Read to the end; type each answer when what it waits for has come since the last one."""
    raw, seen = b"", 0
    while True:
        try:
            chunk = os.read(master, 65536)
        except OSError:  # Linux says so when the last process has closed the terminal.
            return raw.decode("utf-8", "replace")
        if not chunk:
            return raw.decode("utf-8", "replace")
        raw += chunk
        while talk and (at := raw.find(talk[0][0].encode(), seen)) >= 0:
            seen = at + len(talk[0][0])
            os.write(master, talk.pop(0)[1].encode())
