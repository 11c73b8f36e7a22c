"""Whether a file, wherever it runs, will find a target's module: asked by every rule that adds an import."""

from __future__ import annotations

from functools import lru_cache

from ssot_migrate.index.import_root import (
    found_nearer,
    imported_from_root,
    imports_from_root,
    is_given_by,
    loaded_from_root,
    root_alone_gives,
)
from ssot_migrate.index.loads import Loaded, circular, needed_by, runs_more, shadowed
from ssot_migrate.index.project import folders_above
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.runs_of_tests import run_otherwise, unseen_by_pytest
from ssot_migrate.index.shipped import loaded_by_packages
from ssot_migrate.index.targets import Target
from ssot_migrate.index.tests_by_name import TEST_FOLDERS, is_conftest, is_test_code
from ssot_migrate.languages.python import module_name

_LOADED_BEFORE = ("conftest.py", "__init__.py")


def importable(repo: Repository, target: Target, path: str) -> str:
    """Why the file ``path`` may be unable to import ``target``; empty if it can beyond doubt.

    Targets are imported from the repository's root. Tests find it, since pytest puts the
    folder of the root ``conftest.py`` on the import path.
    """
    return _unreachable(repo, target.name, needed_by(repo, target), path)


@lru_cache(maxsize=64)
def _unreachable(repo: Repository, name: str, needed: tuple[Loaded, ...], path: str) -> str:
    """Asked for each site of a file, and the same for most of them."""
    return (
        shadowed(repo, needed, path)
        or _out_of_reach(repo, path)
        or circular(repo, needed, path)
        or runs_more(repo, name, needed, path)
    )


def stands_behind(repo: Repository, target: Target, path: str) -> bool:
    """Whether a file is the target's own, or one that is loaded because the target is."""
    return path == target.path or path in repo.imports.behind(target.path)


def is_own(repo: Repository, dotted: str, path: str) -> bool:
    """Whether ``dotted``, seen from the file ``path``, is of a package that lies in this repository."""
    top = dotted.partition(".")[0]
    found = repo.modules.find(top, path.rpartition("/")[0]) is not None
    return found or repo.modules.is_package(top) or repo.modules.is_package(f"src.{top}")


def spelling(repo: Repository, giver: str, path: str) -> str:
    """The dotted name by which the file ``path`` can import the file ``giver``; empty if none is certain."""
    full, root, folder = module_name(giver), repo.modules.import_root(path), path.rpartition("/")[0]
    module = Target(full, "", giver, exists=True, vendored=False)
    if all(loaded_from_root(repo, each) for each in (giver, path)) and not importable(repo, module, path):
        return full
    own = module_name(giver.removeprefix(f"{root}/") if root else giver)
    used = {dotted for user, dotted in repo.imports.spellings.get(giver, ())}
    certain = used == {own} or (not used and folder != root and repo.modules.import_root(giver) == root)
    return own if certain and repo.modules.find(own, folder) == giver else ""


def is_found_before(repo: Repository, path: str, module: str) -> bool:
    """Whether the root is on the import path already where the file ``path`` comes to import ``module``."""
    root, top = repo.modules.import_root(path), module.partition(".")[0]
    proof = is_given_by(repo, module) and root_alone_gives(repo, top) and not found_nearer(repo, root, top)
    return proof or not _out_of_reach(repo, path, by_imports=False)


@lru_cache(maxsize=256)
def _out_of_reach(repo: Repository, path: str, *, by_imports: bool = True) -> str:
    test = is_test_code(path) and not _is_library(repo, path)
    package = repo.project.package_of(path)
    if package is not None and not test:
        return f"{package or 'the repository'} is installed as a package that does not hold the runtime"
    if taker := _path_taker(repo, path):
        return f"{taker} takes folders off the import path while it is loaded, and the root may be one"
    if by_imports and imports_from_root(repo, path):
        return ""
    scan = repo.scans.get(path)
    if scan and scan.script and "/" in path:
        return "may be started by its path, and none of its imports shows that the root is found then"
    if imported_from_root(repo, path) and root_alone_gives(repo, path.partition("/")[0]):
        return ""
    if starter := _starter(repo, path):
        return f"{starter} loads it and may be started by its path, and nothing shows that it finds the root"
    root = repo.modules.import_root(path)
    if test or not root:
        return (unseen_by_pytest(repo, path, root) or run_otherwise(repo, path, root)) if test else ""
    return f"runs with {root} on the import path, and nothing shows that the repository's root is too"


def _starter(repo: Repository, path: str) -> str:
    """Which program that does not find the root by what it imports loads this file; empty if none does."""
    for user in sorted(repo.imports.before(path)):
        links = repo.scans.links_of(user)
        if not links or not links.script or "/" not in user or any(fact.relative for fact in links.imports):
            continue
        if not imports_from_root(repo, user):
            return user
    return ""


def _path_taker(repo: Repository, path: str) -> str:
    """Which file among those that are loaded before ``path`` takes folders off ``sys.path``, or it itself."""
    if not repo.path_takers:
        return ""
    above = (f"{folder}/{name}".lstrip("/") for folder in folders_above(path) for name in _LOADED_BEFORE)
    return next((each for each in (path, *above) if each in repo.path_takers), "")


def _is_library(repo: Repository, path: str) -> bool:
    """Whether others import this file, whatever its name; below a folder of tests, those that are no tests.

    What a conftest gives away, it gives to tests.
    """
    if TEST_FOLDERS.isdisjoint(path.split("/")):
        return path in repo.imports.taken and not is_conftest(path)
    own = repo.project.package_of(path)
    others = any(repo.project.package_of(user) != own for user, _ in repo.imports.spellings.get(path, ()))
    return others or (own is not None and path in loaded_by_packages(repo))
