"""Where results are remembered between runs, and under which key."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterator
from pathlib import Path

import ssot_migrate
from ssot_migrate.atomic import write_atomically


def cache_folder() -> Path:
    """Where caches live: ``$SSOT_MIGRATE_CACHE``, else the user's cache folder."""
    if chosen := os.environ.get("SSOT_MIGRATE_CACHE"):
        return Path(chosen)
    if os.name == "nt":
        return Path(os.environ.get("LOCALAPPDATA", "~/AppData/Local")).expanduser() / "ssot-migrate"
    return Path(os.environ.get("XDG_CACHE_HOME", "~/.cache")).expanduser() / "ssot-migrate"


def fingerprint(*parts: str) -> str:
    """A key for all that a result depends on besides the bytes of the files: our own code and ``parts``."""
    digest = hashlib.sha256(sys.version.encode())
    for path, stat in sorted(_sources(os.path.dirname(ssot_migrate.__file__))):
        digest.update(f"{path}\0{stat.st_size}\0{stat.st_mtime_ns}\n".encode())
    for part in parts:
        digest.update(b"\0" + part.encode("utf-8", "surrogateescape"))
    return digest.hexdigest()[:32]


def _sources(folder: str) -> Iterator[tuple[str, os.stat_result]]:
    """Paths of our own code and profiles, and what tells that they have changed: there are hundreds."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                yield from _sources(entry.path)
            elif entry.name.endswith((".py", ".toml")):
                yield entry.path, entry.stat()


class Store:
    """Values under keys, in files of one folder; whatever is unreadable counts as absent."""

    def __init__(self, folder: Path | None) -> None:
        """``None`` remembers nothing."""
        self.folder = folder

    def read(self, name: str) -> bytes | None:
        """The bytes stored under ``name``."""
        if self.folder is None:
            return None
        try:
            return (self.folder / name).read_bytes()
        except OSError:
            return None

    def write(self, name: str, data: bytes) -> None:
        """Store ``data``; a cache that cannot be written is no error."""
        if self.folder is None:
            return
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            write_atomically(self.folder / name, data)
        except OSError:
            return
