"""Which files are test modules, and which belong to a layer that runs on the real thing."""

from __future__ import annotations

import re
from functools import lru_cache

REAL_MARKS = ("integration", "e2e")
MARKED = tuple(f".{mark}" for mark in REAL_MARKS)
"""What stands where such a mark is put on: many more files speak of integration than mark any."""
_REAL_FOLDERS = ({"integration"}, {"e2e"}, {"end", "to"})
_BESIDE = {"test", "tests", "conftest", "helpers", "fixtures", "mocks", "suite", "flow", "flows"}
_SEPARATORS = re.compile(r"[_\-.]")


def is_test_module(path: str) -> bool:
    """Whether pytest's default patterns collect this file."""
    name = path.rpartition("/")[2]
    return name.startswith("test_") or name.endswith("_test.py")


@lru_cache(maxsize=256)
def real_layer(path: str) -> str:
    """The folder or file name that puts ``path`` into a layer without mocks; empty if none does."""
    *folders, name = path.split("/")
    for folder in folders:
        if set(_SEPARATORS.split(folder.lower())) - {"test", "tests"} in _REAL_FOLDERS:
            return folder
    if any("unit" in _SEPARATORS.split(folder.lower()) for folder in folders):
        return ""  # a unit test of something that is called so
    words = [word for word in _SEPARATORS.split(name.lower())[:-1] if word not in _BESIDE]
    # In the middle of a name the word tells what is tested, not how.
    return name if {*words[:1], *words[-1:]}.intersection(REAL_MARKS) or {"end", "to"} <= set(words) else ""
