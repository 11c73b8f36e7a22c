"""A Docker engine for tests: the one that runs, or one of their own that keeps all it has in a folder."""

from __future__ import annotations

import gc
import os
import shutil
import subprocess
import sys
import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NoReturn

import docker
import pytest
from docker.errors import DockerException

from example import ROOT

_SUPERVISOR = ROOT / "ssot_migrate/runtime/files/test_framework/ssot/service_process.py"


@contextmanager
def engine(folder: Path, cannot_be_had: Callable[[str], NoReturn]) -> Iterator[docker.DockerClient]:
    """A client of an engine that ends with the block, unless it was there before."""
    daemon = None
    with pytest.MonkeyPatch.context() as patch:
        if not _answers():
            if os.geteuid() != 0 or shutil.which("dockerd") is None:
                cannot_be_had("a Docker engine")
            patch.setenv("DOCKER_HOST", f"unix://{folder}/socket")
            daemon = _start_daemon(folder)
        try:
            if not _answers():
                cannot_be_had("a Docker engine that starts")
            client = docker.from_env(timeout=600)
            yield client
            client.close()
        finally:
            if daemon is not None:
                daemon.communicate()
                _unmount(folder)


def _unmount(folder: Path) -> None:
    """Take away the network namespace that an engine leaves mounted, or the folder cannot be cleared away."""
    places = [line.split(" ")[1] for line in Path("/proc/self/mounts").read_text().splitlines()]
    for place in places:
        if place.startswith(f"{folder}/"):
            subprocess.run(["umount", place], check=True)


def _start_daemon(folder: Path) -> subprocess.Popen[str]:
    """Start an engine that keeps all it has in a folder, and ends with this process, however that ends."""
    roots = [f"--{name}={folder}/{name}" for name in ("data-root", "exec-root", "pidfile")]
    command = ["dockerd", f"--host=unix://{folder}/socket", *roots]
    supervisor = subprocess.Popen(
        [sys.executable, str(_SUPERVISOR), str(folder), "", *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    deadline = time.monotonic() + 60
    while not _answers() and time.monotonic() < deadline:
        time.sleep(0.2)
    return supervisor


def _answers() -> bool:
    """Whether there is an engine where the environment says."""
    with sockets_forgotten():
        try:
            docker.from_env(timeout=5).close()
        except DockerException:
            return False
    return True


@contextmanager
def sockets_forgotten() -> Iterator[None]:
    """Forgive the SDK that it does not close the socket of an attempt that failed."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ResourceWarning)
        yield
        gc.collect()
