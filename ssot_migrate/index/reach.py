"""Whether a file, wherever it runs, will find a target's module: asked by every rule that adds an import."""

from __future__ import annotations

import sys
from collections.abc import Iterator

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
    package = repo.project.package_of(path)
    if package is not None and not test:
        return f"{package or 'the repository'} is installed as a package that does not hold the runtime"
    if _imports_from_root(repo, path):
        return ""
    if not test and "/" in path and repo.scans[path].script:
        return "may be started by its path, and nothing shows that the repository's root is then importable"
    if _imported_from_root(repo, path):
        return ""
    root = repo.modules.import_root(path)
    if test or not root:
        return _unseen_by_pytest(repo, path, root) if test else ""
    return f"runs with {root} on the import path, and nothing shows that the repository's root is too"


def _unseen_by_pytest(repo: Repository, path: str, root: str) -> str:
    """Why a run under the nearest pytest settings may leave the repository's root off the import path."""
    folder, settings = next(iter(repo.project.pytest_of(path).items()))
    if "" in settings.roots:
        return ""
    if settings.importlib:
        return f"the pytest settings of {folder or 'the root'} keep the repository's root off the import path"
    if root and folder:
        return f"{folder} has its own pytest settings, and from there the root's conftest is not loaded"
    return ""


def _imports_from_root(repo: Repository, path: str) -> bool:
    """Whether the file imports what only the repository's root on the import path can give it."""
    scan, root = repo.scans.get(path), repo.modules.import_root(path)
    tops = {fact.dotted.partition(".")[0] for fact in scan.imports if fact.certain} if scan else set()
    if "" in repo.project.installable:
        tops &= _TEST_FOLDERS  # any other may have been installed from here
    tops -= {path.partition("/")[0]} if root else set()  # a relative import looks the same
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
