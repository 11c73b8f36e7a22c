"""What becomes of each runtime file in a repository: one decision for ``plan`` and for ``init``."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from enum import Enum

from ssot_migrate.model import Frozen
from ssot_migrate.runtime.manifest import digest

ROOT_CONFTEST = b'''"""Marks the root of the repository, so that pytest puts it on the import path."""
'''


class Fate(Enum):
    """How a file in the repository stands to the one that is shipped."""

    NEW = "new"
    SAME = "same"
    OLDER = "older"
    CHANGED = "changed"
    REMOVED = "removed"


class Vendored(Frozen, frozen=True):
    """One runtime file: ``data`` as shipped, ``own`` as it is in the repository (None: it is not)."""

    path: str
    fate: Fate
    data: bytes
    own: bytes | None


def settle(
    shipped: Mapping[str, bytes], manifest: Mapping[str, str], read: Callable[[str], bytes | None]
) -> list[Vendored]:
    """The fate of each shipped file, by the manifest that an earlier run has left and what ``read`` finds."""
    files = dict(shipped)
    if files and read("conftest.py") is None and read("__init__.py") is None:
        files["conftest.py"] = ROOT_CONFTEST
    found = ((path, files[path], read(path)) for path in sorted(files))
    return [Vendored(path, _fate(manifest.get(path), data, own), data, own) for path, data, own in found]


def _fate(recorded: str | None, data: bytes, own: bytes | None) -> Fate:
    if own is None:
        return Fate.REMOVED if recorded else Fate.NEW
    if digest(own) == digest(data):
        return Fate.SAME
    return Fate.OLDER if digest(own) == recorded else Fate.CHANGED


def recorded(
    manifest: Mapping[str, str], settled: Iterable[Vendored], written: Iterable[str]
) -> dict[str, str]:
    """The next manifest's digests: what was ``written`` or is the same anyway, else what was known before."""
    current = set(written)
    as_shipped = {
        each.path: digest(each.data) for each in settled if each.path in current or each.fate is Fate.SAME
    }
    return {**manifest, **as_shipped}
