"""Which files are tests, or stand beside them, by their names and folders."""

from __future__ import annotations

from functools import lru_cache

from ssot_migrate.index.repository import Repository
from ssot_migrate.model import Role

TEST_FOLDERS = frozenset({"test", "tests"})


@lru_cache(maxsize=4096)
def is_test_code(path: str) -> bool:
    """Whether pytest loads this file by its name, or it lies below a folder of tests."""
    return is_test_module(path) or not TEST_FOLDERS.isdisjoint(path.split("/")[:-1])


def is_test_module(path: str) -> bool:
    """Whether pytest loads this file by its name, so that nothing else should import it."""
    name = path.rpartition("/")[2]
    if name == "conftest.py" or name.endswith("_test.py"):
        return True
    return name.startswith("test_") and name.endswith(".py")


def is_conftest(path: str) -> bool:
    """Whether pytest loads this file by its name, for all tests below its folder."""
    return path.rpartition("/")[2] == "conftest.py"


def serves_tests(repo: Repository, path: str, role: Role) -> bool:
    """Whether a file is test code, or lies in the test framework that the profile names for ``role``."""
    target = repo.target(role)
    framework = f"{target.module.partition('.')[0]}/" if target else ""
    return is_test_code(path) or bool(framework and path.startswith(framework))
