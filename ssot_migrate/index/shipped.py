"""What a change means for a distribution that is built from the repository, and runs where only that is."""

from __future__ import annotations

from functools import lru_cache

from ssot_migrate.index.repository import Repository
from ssot_migrate.model import Change

SEVERAL_PACKAGES = (
    "setuptools finds the packages of the root by itself, and would refuse to build with those of the "
    "runtime: name them in its settings (`packages`) first"
)


@lru_cache(maxsize=1)
def loaded_by_packages(repo: Repository) -> frozenset[str]:
    """The files that are loaded when some module of a distribution's packages is, tests left out."""

    def find() -> set[str]:
        queue = [path for path in repo.modules.paths if _is_packaged(repo, path)]
        seen = set(queue)
        while queue:
            fresh = repo.imports.direct(queue.pop()) - seen
            seen |= fresh
            queue += fresh
        return seen

    return repo.tables.get("loaded by packages", frozenset[str], find)


def _is_packaged(repo: Repository, path: str) -> bool:
    folder, _, name = path.rpartition("/")
    tests = {"test", "tests"}.intersection(folder.split("/")) or name.startswith(("test_", "conftest."))
    return (
        not tests
        and f"{folder}/__init__.py" in repo.modules.paths
        and repo.project.package_of(path) is not None
    )


def spoiled_build(repo: Repository, change: Change) -> str:
    """Why the root cannot be built any more with what the plan brings for ``change``; empty if it can."""
    if not repo.project.found_packages or "src" in repo.modules.folders:
        return ""
    text = "\0".join([*(edit.text for edit in change.edits), *(need.module for need in change.needs)])
    brought = (target for target in repo.targets.values() if target.vendored)
    return SEVERAL_PACKAGES if any(each.module in text or each.path in text for each in brought) else ""
