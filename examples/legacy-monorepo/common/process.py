"""Starting child processes with a known environment."""

from __future__ import annotations

import contextlib
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

REPO_ROOT = Path(__file__).resolve().parent.parent


def child_environment(extra: Mapping[str, str] | None = None, drop: Sequence[str] = ()) -> dict[str, str]:
    """This process's environment, with ``extra`` on top and without ``drop``."""
    env = {**os.environ, **(extra or {})}
    for name in drop:
        env.pop(name, None)
    return env


def service_environment(service: str) -> dict[str, str]:
    """What a service's own process gets: everything, and where to find our packages."""
    env = os.environ.copy()
    env["HARBOR_SERVICE"] = service
    env["PYTHONPATH"] = os.pathsep.join([str(REPO_ROOT), str(REPO_ROOT / "auth_service" / "src")])
    return env


def run_python(*args: str, env: Mapping[str, str] | None = None, cwd: str | Path | None = None, timeout: float = 30.0):
    """Run this Python with ``args``; returns the finished process with text output."""
    return subprocess.run(
        [sys.executable, *args],
        env=dict(os.environ) if env is None else dict(env),
        cwd=cwd,
        capture_output=True,
        text=True,
        timeout=timeout,
        check=False,
    )


def run_tool(command: Sequence[str]) -> int:
    """Run an installed tool with the environment as it is; returns its exit status."""
    return subprocess.call(list(command), env=os.environ)  # noqa: S603


@contextlib.contextmanager
def path_entry(folder: str | Path) -> Iterator[None]:
    """``folder`` at the end of ``PATH`` for a while."""
    before = os.environ.get("PATH")
    if before is None:
        os.environ["PATH"] = str(folder)
    else:
        os.environ["PATH"] += os.pathsep + str(folder)
    try:
        yield
    finally:
        if before is None:
            os.environ.pop("PATH", None)
        else:
            os.environ["PATH"] = before


@contextlib.contextmanager
def overlay(**values: str) -> Iterator[None]:
    """Environment variables set for a while, all others as they are."""
    saved = dict(os.environ)
    os.environ |= values
    try:
        yield
    finally:
        os.environ.clear()
        os.environ.update(saved)
