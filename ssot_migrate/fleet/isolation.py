"""A job in a process group of its own, with limits: whatever happens there, a result comes back."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import suppress

import msgspec

from ssot_migrate.fleet.child import HEADER
from ssot_migrate.fleet.credentials import hidden
from ssot_migrate.fleet.model import Job, Outcome, Result, Verdict

_COMMAND = (sys.executable, "-P", "-m", "ssot_migrate.fleet.child")


class Cell:
    """Where one job runs; ``stop`` may be called from another thread."""

    def __init__(self, job: Job) -> None:
        """Nothing runs yet."""
        self.job = job
        self._process: subprocess.Popen[bytes] | None = None
        self._stopped = threading.Event()

    def run(self) -> Result:
        """Run the job to its end, or to that of its time."""
        start = time.perf_counter()
        with tempfile.TemporaryFile() as errors, self._started(errors.fileno()) as process:
            timer = threading.Timer(self.job.limits.seconds, self.stop)
            timer.start()
            try:
                answer = self._exchange(process)
            finally:
                timer.cancel()
                _end(process)
            errors.seek(0)
            said = errors.read().decode(errors="replace")
        if process.returncode == 0:
            return msgspec.msgpack.decode(answer, type=Result)
        reason = self._reason(process.returncode, said)
        seconds = time.perf_counter() - start
        return Result(self.job.unit.name, Outcome(Verdict.FAILED, hidden(reason)), seconds=seconds)

    def stop(self) -> None:
        """End the job, with every process that it has started."""
        self._stopped.set()
        if self._process:
            _end(self._process)

    def _started(self, errors: int) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        self._process = subprocess.Popen(
            _COMMAND,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
            cwd=tempfile.gettempdir(),
            env=environment,
            start_new_session=True,
        )
        if self._stopped.is_set():
            _end(self._process)
        return self._process

    def _exchange(self, process: subprocess.Popen[bytes]) -> bytes:
        assert process.stdin
        assert process.stdout
        data = msgspec.msgpack.encode(self.job)
        with suppress(BrokenPipeError):
            process.stdin.write(len(data).to_bytes(HEADER, "big") + data)
            process.stdin.flush()
        answer = process.stdout.read()
        process.wait()
        return answer

    def _reason(self, status: int, said: str) -> str:
        if self._stopped.is_set():
            return f"stopped, or not done after {self.job.limits.seconds} s"
        if status < 0:
            return f"its process was ended by {signal.Signals(-status).name}"
        last = said.strip().splitlines()
        return last[-1] if last else f"its process ended with {status}"


def run_isolated(job: Job) -> Result:
    """The job function of every executor."""
    return Cell(job).run()


def _end(process: subprocess.Popen[bytes]) -> None:
    with suppress(ProcessLookupError, PermissionError):
        os.killpg(process.pid, signal.SIGKILL)
