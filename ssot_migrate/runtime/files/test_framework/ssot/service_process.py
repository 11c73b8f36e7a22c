"""Run a server until whoever asked for it ends, however it ends; then leave nothing of it behind.

``python service_process.py FOLDER USER COMMAND...`` says ``pid N`` and, should the server end by itself,
``exit N``; when its input closes, it stops the server and removes the folder, where ``log`` is.
"""

from __future__ import annotations

import os
import select
import shutil
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

_POLL_SECONDS = 0.05
_STOP_SECONDS = 10


def main(folder: str, user: str, *command: str) -> None:
    """Supervise ``command``; ``user`` is whom to run it as, empty for oneself."""
    with Path(folder, "log").open("wb") as log:
        server = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            cwd=folder,
            user=user or None,
            start_new_session=True,
        )
    try:
        _tell(f"pid {server.pid}")
        told = False
        while not select.select([sys.stdin], [], [], _POLL_SECONDS)[0]:
            if not told and server.poll() is not None:
                _tell(f"exit {server.returncode}")
                told = True
    finally:
        _end(server)
        shutil.rmtree(folder, ignore_errors=True)


def _tell(line: str) -> None:
    sys.stdout.write(line + "\n")
    sys.stdout.flush()


def _end(server: subprocess.Popen[bytes]) -> None:
    server.send_signal(signal.SIGINT)  # to PostgreSQL: end now, without waiting for clients
    server.send_signal(signal.SIGCONT)  # a server that a fault test has stopped must hear it
    with suppress(subprocess.TimeoutExpired):
        server.wait(_STOP_SECONDS)
    with suppress(ProcessLookupError):
        os.killpg(server.pid, signal.SIGKILL)
    server.wait()


if __name__ == "__main__":
    main(*sys.argv[1:])
