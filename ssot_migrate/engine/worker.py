"""One worker process as its parent sees it: given items, heard of, and its end told in words."""

from __future__ import annotations

import multiprocessing
import os
import signal
import socket
import struct
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from ctypes import c_ulong
from multiprocessing.connection import Connection
from typing import Any

from ssot_migrate.engine.limits import OUT_OF_MEMORY, STOOD_STILL, Limits, confine, ending

_GRACE = 5.0
START_SECONDS = 120.0


class Died(Exception):
    """The process ended instead of answering; says how."""


class Worker:
    """A process that calls ``start`` once, says so with None, then answers ``work`` of what it is given."""

    def __init__(
        self,
        work: Callable[[Any], object],
        start: Callable[..., None],
        arguments: tuple[Any, ...],
        method: str,
        limits: Limits,
    ) -> None:
        """Start the process, by the multiprocessing start method ``method``."""
        context: Any = multiprocessing.get_context(method)
        self.connection, theirs = context.Pipe()
        self.limits = limits
        self.given: Sequence[Any] = ()
        self.begun: c_ulong = context.RawValue(c_ulong, 0)
        self.seen, self.silent, self.ended = 0, 0.0, False
        if limits.seconds:
            _bound(self.connection, limits.seconds + _GRACE)
        words = (theirs, work, start, arguments, limits, self.begun)
        self.process = context.Process(target=_serve, args=words, daemon=True)
        with _ctrl_c_waits():
            self.process.start()
        theirs.close()

    def give(self, items: Sequence[Any]) -> None:
        """Ask for the work of ``items``; a process that has died by now is found out by ``answer``."""
        self.given, self.silent = items, 0.0
        try:
            self.connection.send(items)
        except BlockingIOError:
            self.give_up()
        except OSError:
            return

    def watch(self, seconds: float) -> None:
        """Count ``seconds`` more of waiting; a process that shows no sign of life for too long is ended.

        Its own alarm cannot end it while it is stopped, as by SIGSTOP or a debugger.
        """
        if self.begun.value != self.seen:
            self.seen, self.silent = self.begun.value, 0.0
            return
        self.silent += seconds
        limit = self.limits.seconds + _GRACE if self.given else START_SECONDS
        if self.limits.seconds and self.silent > limit:
            self.give_up()

    def give_up(self) -> None:
        """End the process; ``answer`` says why."""
        self.ended = True
        self.process.kill()

    def answer(self) -> Any:  # noqa: ANN401
        """What the process has answered, waiting for it.

        Raises:
            Died: it ended instead, or could not go on.
        """
        try:
            answer = self.connection.recv()
        except (EOFError, OSError) as error:
            if isinstance(error, BlockingIOError):  # it was stopped in the middle of its answer
                self.give_up()
            self.process.join(_GRACE)
            how = STOOD_STILL if self.ended else ending(self.process.exitcode or 0, self.limits)
            raise Died(how) from error
        if isinstance(answer, Died):
            raise answer
        return answer

    def end(self) -> None:
        """Nothing is left of the process, whatever it is doing."""
        self.connection.close()
        self.process.kill()
        self.process.join()
        self.process.close()


def _bound(connection: Connection, seconds: float) -> None:
    """Have the kernel end a ``send`` or ``recv`` in which nothing has moved for ``seconds``."""
    if sys.platform == "win32":
        return
    with socket.socket(fileno=os.dup(connection.fileno())) as end:
        for option in (socket.SO_SNDTIMEO, socket.SO_RCVTIMEO):
            end.setsockopt(socket.SOL_SOCKET, option, struct.pack("@ll", int(seconds), 0))


@contextmanager
def _ctrl_c_waits() -> Iterator[None]:
    """Processes that are started in here do not hear of Ctrl-C before they are ready for it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _serve(
    connection: Connection,
    work: Callable[[Any], object],
    start: Callable[..., None],
    arguments: tuple[Any, ...],
    limits: Limits,
    begun: c_ulong,
) -> None:
    """The life of a worker: it ends at Ctrl-C without a word, and with the process that started it."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    if hasattr(signal, "pthread_sigmask"):
        signal.pthread_sigmask(signal.SIG_UNBLOCK, {signal.SIGINT})
    threading.Thread(target=_end_with_parent, daemon=True).start()
    try:
        confine(limits, begun)
        start(*arguments)
        answer: object = None
        while True:
            connection.send(answer)
            answer = work(connection.recv())
    except MemoryError:
        os._exit(OUT_OF_MEMORY)
    except (EOFError, OSError):
        os._exit(0)
    except Exception as error:  # noqa: BLE001 - the worker boundary: a defect costs a file, never the run
        connection.send(Died(f"a defect of ours: {error!r}"))


def _end_with_parent() -> None:
    parent = multiprocessing.parent_process()
    if parent:
        parent.join()
        os._exit(1)
