"""The files of the runtime, by the paths they have in a user's repository."""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from types import MappingProxyType

from ssot_migrate.runtime.manifest import digest

_FOLDER = Path(__file__).with_name("files")


@cache
def runtime_paths() -> tuple[str, ...]:
    """Return the POSIX path that every shipped file has in the user's repository, in order."""
    return tuple(sorted(_paths(str(_FOLDER), "")))


@cache
def runtime_files() -> Mapping[str, bytes]:
    """Return the content of every shipped file by its path."""
    return MappingProxyType({path: (_FOLDER / path).read_bytes() for path in runtime_paths()})


def known_hashes() -> Mapping[str, str]:
    """Return the sha256, in hex, of every shipped file by its path."""
    return {path: digest(data) for path, data in runtime_files().items()}


def _paths(folder: str, prefix: str) -> Iterator[str]:
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.startswith((".", "__pycache__")):
                continue  # what tools leave behind
            if entry.is_dir():
                yield from _paths(entry.path, f"{prefix}{entry.name}/")
            else:
                yield prefix + entry.name
