"""Every way to read."""

from __future__ import annotations

import os
import subprocess
import sys

# The port is read when the module is loaded.
PORT = os.environ["PORT"]  # noqa: S104
HOST = os.environ.get(
    "HOST",  # the bind address
    "127.0.0.1",
)


def settings() -> dict[str, str]:
    if "DEBUG" in os.environ and "QUIET" not in os.environ:
        print(f"debug {os.environ['DEBUG']} {os.getenv('LEVEL', 'info')!r}", file=sys.stderr)
    copied = os.environ.copy()
    also = dict(os.environ)
    spread = {**os.environ, "EXTRA": "1"}
    names = [name for name in os.environ if name.startswith("APP_")]
    for key, value in os.environ.items():
        spread[key] = value
    subprocess.run(["env"], env=os.environ, check=True)
    subprocess.run(["env"], env={**os.environ, "A": os.environ.get("B", os.environ.get("C", ""))}, check=True)
    return copied | also | spread | dict.fromkeys(names, "")


def required(name: str) -> str:
    return os.environ[name]
