"""Every way to read."""

from __future__ import annotations

import subprocess
import sys

from shared.isolated_environment import get_env

# The port is read when the module is loaded.
PORT = get_env()["PORT"]  # noqa: S104
HOST = get_env().get(
    "HOST",  # the bind address
    "127.0.0.1",
)


def settings() -> dict[str, str]:
    if "DEBUG" in get_env() and "QUIET" not in get_env():
        print(f"debug {get_env()['DEBUG']} {get_env().get('LEVEL', 'info')!r}", file=sys.stderr)
    copied = get_env().copy()
    also = dict(get_env())
    spread = {**get_env(), "EXTRA": "1"}
    names = [name for name in get_env() if name.startswith("APP_")]
    for key, value in get_env().items():
        spread[key] = value
    subprocess.run(["env"], env=get_env(), check=True)
    subprocess.run(["env"], env={**get_env(), "A": get_env().get("B", get_env().get("C", ""))}, check=True)
    return copied | also | spread | dict.fromkeys(names, "")


def required(name: str) -> str:
    return get_env()[name]
