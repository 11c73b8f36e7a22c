"""The files of the runtime, by the paths they have in a user's repository."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType

from ssot_migrate.runtime.manifest import digest


@cache
def runtime_files() -> Mapping[str, bytes]:
    """Return the content of every shipped file by its POSIX path in the user's repository."""
    found: dict[str, bytes] = {}
    _collect(files("ssot_migrate.runtime") / "files", "", found)
    return MappingProxyType(dict(sorted(found.items())))


def known_hashes() -> Mapping[str, str]:
    """Return the sha256, in hex, of every shipped file by its path."""
    return {path: digest(data) for path, data in runtime_files().items()}


def _collect(folder: Traversable, prefix: str, found: dict[str, bytes]) -> None:
    for entry in folder.iterdir():
        if entry.name.startswith((".", "__pycache__")):
            continue  # what tools leave behind
        if entry.is_dir():
            _collect(entry, f"{prefix}{entry.name}/", found)
        else:
            found[prefix + entry.name] = entry.read_bytes()
