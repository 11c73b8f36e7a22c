"""Which files are test modules, and which belong to a layer that runs on the real thing."""

from __future__ import annotations

import re

from ssot_migrate.index.reach import is_test_code
from ssot_migrate.index.repository import Repository
from ssot_migrate.model import Role

REAL_MARKS = ("integration", "e2e")
_REAL_FOLDERS = ({"integration"}, {"e2e"}, {"end", "to"})
_SEPARATORS = re.compile(r"[_\-.]")


def is_test_module(path: str) -> bool:
    """Whether pytest's default patterns collect this file."""
    name = path.rpartition("/")[2]
    return name.startswith("test_") or name.endswith("_test.py")


def is_conftest(path: str) -> bool:
    """Whether pytest loads this file by its name."""
    return path.rpartition("/")[2] == "conftest.py"


def serves_tests(repo: Repository, path: str) -> bool:
    """Whether a file is test code, or lies in the test framework that the profile names."""
    target = repo.target(Role.MOCKS)
    framework = f"{target.module.partition('.')[0]}/" if target else ""
    return is_test_code(path) or bool(framework and path.startswith(framework))


def real_layer(path: str) -> str:
    """The folder or file name that puts ``path`` into a layer without mocks; empty if none does."""
    *folders, name = path.split("/")
    for folder in folders:
        if set(_SEPARATORS.split(folder.lower())) - {"test", "tests"} in _REAL_FOLDERS:
            return folder
    words = set(_SEPARATORS.split(name.lower()))
    return name if words.intersection(REAL_MARKS) or {"end", "to"} <= words else ""
