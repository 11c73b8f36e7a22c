"""The process of one unit: a job comes by stdin, its result goes by stdout; it ends with its parent."""

from __future__ import annotations

import os
import resource
import signal
import threading

import msgspec

from ssot_migrate.fleet.model import Job
from ssot_migrate.fleet.stages import perform

HEADER = 8


def main() -> None:
    """Do one job."""
    answer, question = os.fdopen(os.dup(1), "wb"), os.dup(0)
    os.dup2(2, 1)  # what a library prints must not end up in the answer
    # Processes that are forked from here close stdin: nobody may be reading from it then.
    os.dup2(os.open(os.devnull, os.O_RDONLY), 0)
    size = int.from_bytes(_read(question, HEADER), "big")
    job = msgspec.msgpack.decode(_read(question, size), type=Job)
    threading.Thread(target=_end_with_parent, args=(question,), daemon=True).start()
    most = job.limits.megabytes << 20
    resource.setrlimit(resource.RLIMIT_AS, (most, most))
    answer.write(msgspec.msgpack.encode(perform(job)))
    answer.close()
    os._exit(0)  # the thread waits for an end that comes only with the parent's


def _read(pipe: int, size: int) -> bytes:
    parts: list[bytes] = []
    while size > 0 and (part := os.read(pipe, size)):
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _end_with_parent(pipe: int) -> None:
    """The parent holds the other end open. When it ends the parent is gone, and the group follows."""
    os.read(pipe, 1)
    os.killpg(0, signal.SIGKILL)


if __name__ == "__main__":
    main()
