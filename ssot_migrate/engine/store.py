"""Where results are remembered between runs, and under which key."""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TypeVar

import msgspec

import ssot_migrate
from ssot_migrate.atomic import write_atomically

T = TypeVar("T")


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


def decoded(data: bytes | None, kind: Any) -> Any:  # noqa: ANN401
    """What was stored, if it is that: other data counts as absent."""
    if data is None:
        return None
    try:
        return msgspec.msgpack.decode(data, type=kind)
    except msgspec.MsgspecError:
        return None


def encoded(values: Iterable[object], count: int) -> Iterator[bytes]:
    """The msgpack of an array of ``count`` values, in parts."""
    yield b"\xdd" + count.to_bytes(4, "big")
    yield from map(msgspec.msgpack.Encoder().encode, values)


class Store:
    """Values under keys, in files of one folder; whatever is unreadable counts as absent."""

    def __init__(self, folder: Path | None) -> None:
        """``None`` remembers nothing."""
        self.folder = folder

    def read(self, name: str, head: bytes = b"") -> bytes | None:
        """The bytes stored under ``name`` behind ``head``; None if they begin otherwise."""
        if self.folder is None:
            return None
        try:
            with open(self.folder / name, "rb") as stream:
                return stream.read() if stream.read(len(head)) == head else None
        except OSError:
            return None

    def write(self, name: str, data: bytes | Iterable[bytes]) -> None:
        """Store ``data``, whole or in parts; a cache that cannot be written is no error."""
        if self.folder is None:
            return
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            write_atomically(self.folder / name, data)
        except OSError:
            return


class Notes:
    """What was worked out from something, each with what it was: good while that is the same."""

    def __init__(self, store: Store, key: str) -> None:
        """Those that ``store`` has under ``key``."""
        self.store, self.key = store, key

    def remembered(self, name: str, asked: bytes, kind: Any, make: Callable[[], T]) -> T:  # noqa: ANN401
        """What ``make`` gives, or gave the last time that it was ``asked`` the same; ``kind`` is its type."""
        digest, file = hashlib.sha256(asked).hexdigest(), f"{name}-{self.key}.msgpack"
        known: tuple[str, T] | None = decoded(self.store.read(file), tuple[str, kind])
        if known and known[0] == digest:
            return known[1]
        made = make()
        if self.store.folder:
            self.store.write(file, msgspec.msgpack.encode((digest, made)))
        return made


NO_NOTES = Notes(Store(None), "")
