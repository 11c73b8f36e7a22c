"""Whether a file, wherever it runs, will find a target's module: asked by every rule that adds an import."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import PurePosixPath

from ssot_migrate.index.repository import Repository
from ssot_migrate.index.targets import Target
from ssot_migrate.languages.python import module_name
from ssot_migrate.model import Role

_TEST_FOLDERS = frozenset({"test", "tests"})


def importable(repo: Repository, target: Target, path: str) -> str:
    """Why the file ``path`` may be unable to import ``target``; empty if it can beyond doubt.

    Targets are imported from the repository's root. Tests find it, since pytest puts the
    folder of the root ``conftest.py`` on the import path.
    """
    return _shadowed(repo, target, path) or _out_of_reach(repo, path) or _circular(repo, target, path)


def is_test_code(path: str) -> bool:
    """Whether pytest loads this file by its name, or it lies below a folder of tests."""
    *folders, name = path.split("/")
    if name == "conftest.py" or not _TEST_FOLDERS.isdisjoint(folders):
        return True
    return name.endswith("_test.py") or (name.startswith("test_") and name.endswith(".py"))


def _out_of_reach(repo: Repository, path: str) -> str:
    test = is_test_code(path)
    package = _installable(repo, path)
    if package is not None and not test:
        return f"{package or 'the repository'} is installed as a package that does not hold the runtime"
    root = repo.modules.import_root(path)
    if not root or test or _imports_from_root(repo, path, root) or _imported_from_root(repo, path):
        return ""
    return f"runs with {root} on the import path, and nothing shows that the repository's root is too"


def _installable(repo: Repository, path: str) -> str | None:
    """The nearest folder above that builds a distribution; None if there is none."""
    folders = ("" if str(parent) == "." else str(parent) for parent in PurePosixPath(path).parents)
    return next((f for f in folders if f"{f}/setup.py".lstrip("/") in repo.scans), None)


def _imports_from_root(repo: Repository, path: str, root: str) -> bool:
    """Whether the file imports what only the repository's root can give it."""
    scan = repo.scans.get(path)
    tops = {fact.dotted.partition(".")[0] for fact in scan.imports if fact.certain} if scan else set()
    return any(_stands_in(repo, "", top) and not _found_nearer(repo, root, top) for top in tops)


def _imported_from_root(repo: Repository, path: str) -> bool:
    """Whether other top-level folders import this file by its name from the root, and nobody otherwise."""
    uses = repo.imports.spellings.get(path, ())
    top = path.partition("/")[0]
    return module_name(path) in {dotted for user, dotted in uses if user.partition("/")[0] != top} and all(
        dotted == module_name(path) for _, dotted in uses
    )


def _shadowed(repo: Repository, target: Target, path: str) -> str:
    root = repo.modules.import_root(path)
    needed = [target, repo.target(Role.ENVIRONMENT)] if target.vendored else [target]
    for top in sorted({found.module.partition(".")[0] for found in needed if found}):
        if nearer := _found_nearer(repo, root, top):
            return f"{nearer}{top} may be imported in the place of {top}"
    return ""


def _found_nearer(repo: Repository, root: str, top: str) -> str:
    """The folder, other than the repository's root, from which ``import top`` may be served."""
    return next((prefix for prefix in _prefixes(repo, root) if _stands_in(repo, prefix, top)), "")


def _prefixes(repo: Repository, root: str) -> Iterator[str]:
    return (prefix for prefix in repo.modules.roots(root) if prefix)


def _stands_in(repo: Repository, prefix: str, top: str) -> bool:
    if top in sys.stdlib_module_names:
        return False
    return f"{prefix}{top}" in repo.modules.folders or f"{prefix}{top}.py" in repo.modules.paths


def _circular(repo: Repository, target: Target, path: str) -> str:
    environment = repo.target(Role.ENVIRONMENT)
    starts = [target.path, environment.path] if target.vendored and environment else [target.path]
    for start in starts:
        if path in repo.imports.behind(start):
            return f"{start} imports this file, so that the new import would go round in a circle"
    return ""
