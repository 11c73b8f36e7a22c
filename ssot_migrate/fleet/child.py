"""The process of one unit: a job comes by stdin, its result goes by stdout; it ends with its parent."""

from __future__ import annotations

import os
import resource
import signal
import sys
import threading
from typing import BinaryIO

import msgspec

from ssot_migrate.fleet.model import Job
from ssot_migrate.fleet.stages import perform

HEADER = 8


def main() -> None:
    """Do one job."""
    answer = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # what a library prints must not end up in the answer
    stream = sys.stdin.buffer
    size = int.from_bytes(stream.read(HEADER), "big")
    job = msgspec.msgpack.decode(stream.read(size), type=Job)
    threading.Thread(target=_die_with_parent, args=(stream,), daemon=True).start()
    most = job.limits.megabytes << 20
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    answer.write(msgspec.msgpack.encode(perform(job)))
    answer.close()
    os._exit(0)  # the thread waits on stdin, which ends only with the parent


def _die_with_parent(stream: BinaryIO) -> None:
    """The parent holds the other end open. When it ends the parent is gone, and the group follows."""
    stream.read()
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    main()
