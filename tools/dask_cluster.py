"""A Dask cluster of real processes, for tests and measurements; a worker does one job at a time."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

Process = subprocess.Popen[bytes]


class Cluster:
    """Processes with logs in ``where``; a worker can be in a network namespace of its own."""

    def __init__(self, where: Path, env: Mapping[str, str], host: str) -> None:
        """Nothing runs yet."""
        self.where, self.env, self.host = where, dict(env), host
        self.processes: list[Process] = []
        with socket.socket() as probe:
            probe.bind((host, 0))
            self.port = probe.getsockname()[1]

    @property
    def address(self) -> str:
        """What ``--scheduler`` takes."""
        return f"tcp://{self.host}:{self.port}"

    def scheduler(self) -> Process:
        """Start the scheduler, at the same address as before."""
        return self._start("scheduler", "--host", self.host, "--port", str(self.port), "--no-dashboard")

    def worker(self, name: str, namespace: str = "") -> Process:
        """Start a worker with caches of its own."""
        inside = ("ip", "netns", "exec", namespace) if namespace else ()
        words = ("--nthreads", "1", "--no-dashboard", "--no-nanny", "--name", name)
        own = {"SSOT_MIGRATE_CACHE": str(self.where / f"cache-{name}")}
        return self._start("worker", self.address, *words, inside=inside, env=own)

    def _start(
        self, *words: str, inside: tuple[str, ...] = (), env: Mapping[str, str] | None = None
    ) -> Process:
        command = [*inside, sys.executable, "-m", "distributed.cli.dask_" + words[0], *words[1:]]
        with (self.where / f"log-{len(self.processes)}").open("wb") as log:
            process = subprocess.Popen(
                command, cwd=self.where, env=self.env | dict(env or {}), stdout=log, stderr=log
            )
        self.processes.append(process)
        return process

    def stop(self) -> None:
        """End every process that was started here."""
        for process in self.processes:
            process.kill()
            process.wait()


@contextmanager
def clustered(where: Path, env: Mapping[str, str], host: str = "127.0.0.1") -> Iterator[Cluster]:
    """A cluster that is ended with the block."""
    cluster = Cluster(where, env, host)
    try:
        yield cluster
    finally:
        cluster.stop()
