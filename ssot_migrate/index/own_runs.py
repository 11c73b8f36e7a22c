"""Tests that other programs than pytest load, or that run where only what is installed is found."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ssot_migrate.index.project import folders_above
from ssot_migrate.index.repository import Repository


def run_from_elsewhere(repo: Repository, path: str, root: str, tests: frozenset[str]) -> str:
    """Which settings run a test from another folder than the repository's; empty if none that are known.

    ``root`` is where its package begins. A package whose name is one of ``tests`` is not installed.
    """
    told = next((repo.project.elsewhere[f] for f in folders_above(path) if f in repo.project.elsewhere), "")
    top = path.removeprefix(f"{root}/" if root else "").partition("/")[0]
    inside = f"{root}/{top}/__init__.py".lstrip("/") in repo.modules.paths
    if not told or top in tests or not inside:
        return ""
    return f"{told} runs the tests of {top} from another folder, where only what is installed is found"


def program_above(repo: Repository, path: str) -> str:
    """The program in a folder above ``path``, not at the root, that loads tests by itself; or empty."""
    programs = _programs(repo)
    return next((programs[folder] for folder in folders_above(path) if folder in programs), "")


@lru_cache(maxsize=1)
def _programs(repo: Repository) -> dict[str, str]:
    """By folder, the first program in it that loads tests by itself."""

    def find() -> Iterator[tuple[str, str]]:
        for links in repo.scans.links():
            folder = links.path.rpartition("/")[0]
            if links.loads_tests and folder:
                yield folder, links.path

    return repo.tables.get("programs that load tests", dict[str, str], lambda: dict(reversed([*find()])))
