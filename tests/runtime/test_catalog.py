"""The catalog of vendored files, as the tool sees it."""

from __future__ import annotations

import hashlib
from pathlib import Path

from ssot_migrate.runtime.catalog import known_hashes, runtime_files


def test_the_catalog_is_what_lies_there(runtime_root: Path) -> None:
    """Every shipped file, byte for byte, by its path; nothing that an import left behind."""
    found = {
        path.relative_to(runtime_root).as_posix(): path.read_bytes()
        for path in runtime_root.rglob("*")
        if path.is_file() and not any(part.startswith((".", "__pycache__")) for part in path.parts)
    }
    assert dict(runtime_files()) == found
    assert known_hashes() == {path: hashlib.sha256(data).hexdigest() for path, data in found.items()}


def test_every_package_has_its_init() -> None:
    """Vendored packages are importable from a fresh repository."""
    paths = set(runtime_files())
    packages = {path.rpartition("/")[0] for path in paths if path.endswith(".py")} - {"tests", "scripts"}
    folders = {folder for folder in packages if not folder.startswith("tests/")}
    assert {f"{folder}/__init__.py" for folder in folders} <= paths
