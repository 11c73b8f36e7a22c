"""Settings of tox and cibuildwheel that run tests from a folder outside of the repository."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator, Mapping

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
        elif name == "pyproject.toml" and _tests_wheels(data):
            yield folder, f"{path} (cibuildwheel's test-command)"


def _tests_wheels(pyproject: bytes) -> bool:
    """Whether cibuildwheel's command names no place in the repository: it starts in a folder of its own."""
    try:
        table = tomllib.loads(pyproject.decode("utf-8")).get("tool", {}).get("cibuildwheel", {})
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return False
    command = table.get("test-command", "") if isinstance(table, dict) else ""
    words = " ".join(map(str, command)) if isinstance(command, list) else str(command)
    return bool(words.strip()) and not any(place in words for place in _INSIDE)
