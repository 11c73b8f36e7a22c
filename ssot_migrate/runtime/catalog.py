"""The files of the runtime, by the paths they have in a user's repository."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from types import MappingProxyType

CORE: frozenset[str] = frozenset(
    {
        "shared/__init__.py",
        "shared/isolated_environment.py",
        "test_framework/__init__.py",
        "test_framework/ssot/__init__.py",
        "test_framework/ssot/aliases.py",
        "test_framework/ssot/base_test_case.py",
        "test_framework/ssot/class_checks.py",
        "test_framework/ssot/layers.py",
        "test_framework/ssot/mock_factory.py",
        "test_framework/ssot/pytest_plugin.py",
        "test_framework/ssot/real_services.py",
        "test_framework/ssot/runner_plugin.py",
        "test_framework/ssot/service_process.py",
        "test_framework/ssot/waiting.py",
        "tests/unified_test_runner.py",
    }
)
"""What code migrated by the environment, base class, mock and runner rules imports."""


@cache
def runtime_files() -> Mapping[str, bytes]:
    """Return the content of every shipped file by its POSIX path in the user's repository."""
    found: dict[str, bytes] = {}
    _collect(files("ssot_migrate.runtime") / "files", "", found)
    return MappingProxyType(dict(sorted(found.items())))


def known_hashes() -> Mapping[str, str]:
    """Return the sha256, in hex, of every shipped file by its path."""
    return {path: hashlib.sha256(data).hexdigest() for path, data in runtime_files().items()}


def _collect(folder: Traversable, prefix: str, found: dict[str, bytes]) -> None:
    for entry in folder.iterdir():
        if entry.name.startswith((".", "__pycache__")):
            continue  # what tools leave behind
        if entry.is_dir():
            _collect(entry, f"{prefix}{entry.name}/", found)
        else:
            found[prefix + entry.name] = entry.read_bytes()
