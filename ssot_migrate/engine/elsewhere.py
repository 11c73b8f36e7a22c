"""Settings of tox and cibuildwheel that run tests from a folder outside of the repository."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from ssot_migrate.engine.packaging import pyproject_of, value_at

_CHANGED = re.compile(
    rb"(?m)^\s*change_?dir\s*=\s*[\"']?\{(?:toxworkdir|work_dir|env_?dir|env_?tmp_?dir|temp_dir)\}(?![^\n]*\.\.)"
)
_INSIDE = ("{project}", "{package}")


def runs_elsewhere(files: Mapping[str, bytes]) -> Iterator[tuple[str, str]]:
    """Folders with such settings, and the file that says so: bytes by path of configuration ``files``."""
    for path, data in files.items():
        folder, _, name = path.rpartition("/")
        if name in ("tox.ini", "pyproject.toml", "setup.cfg") and _CHANGED.search(data):
            yield folder, f"{path} (changedir)"
        elif name == "pyproject.toml" and b"cibuildwheel" in data and _tests_wheels(folder, files):
            yield folder, f"{path} (cibuildwheel's test-command)"


def _tests_wheels(folder: str, files: Mapping[str, bytes]) -> bool:
    """Whether cibuildwheel's command names no place in the repository: it starts in a folder of its own."""
    command = value_at(pyproject_of(folder, files), "tool", "cibuildwheel", "test-command") or ""
    words = " ".join(map(str, command)) if isinstance(command, list) else str(command)
    return bool(words.strip()) and not any(place in words for place in _INSIDE)
