"""Whether a file that is started as a script finds the runner's module: pytest is not there to help it."""

from __future__ import annotations

from collections.abc import Iterable

from ssot_migrate.index.repository import Repository
from ssot_migrate.index.targets import Target
from ssot_migrate.model import Role

UNKNOWN = "?"


def obstacle(repo: Repository, target: Target, path: str, folders: Iterable[str]) -> str:
    """Why an import of the runner in ``path`` would take the place of, or be replaced by, another module.

    ``folders`` are those that the file adds to its import path.
    """
    top = target.module.partition(".")[0]
    root = repo.modules.import_root(path)
    own = path[len(root) + 1 if root else 0 :].partition("/")[0]
    if root and own == top:
        return f"the package of this file is called {top} as well, and a process can hold one of them"
    for folder in (path.rpartition("/")[0], *folders):
        if folder and _stands_in(repo, folder, top):
            return f"{folder}/{top} may be imported in the place of {top}"
    return ""


def root_is_on_path(
    repo: Repository, target: Target, path: str, folders: Iterable[str], modules: Iterable[str]
) -> str:
    """Why the repository's root may be missing from the import path of ``path`` run as a script.

    ``folders`` are those that the file adds itself, ``modules`` those that it has imported
    by then: what only the root can give proves that the root is there.
    """
    script = path.rpartition("/")[0]
    if not script or "" in folders:
        return ""
    given = [module for module in modules if _only_from_root(repo, script, folders, module)]
    top = target.module.partition(".")[0]
    if any(module.partition(".")[0] == top for module in given):
        return ""
    if given and repo.project.package_of(path) is None and "" not in repo.project.installable:
        return ""
    return f"started by its path, it has {script} on the import path, and nothing puts the root there"


def own(repo: Repository, modules: Iterable[str]) -> list[str]:
    """Those of ``modules`` that no migration brings into a file that only pytest need be able to load."""
    brought = {target.module for role in Role if (target := repo.target(role))}
    return [module for module in modules if module not in brought]


def claimed_by_others(repo: Repository, target: Target) -> str:
    """Which package pytest cannot import in a process that has imported the runner from one of that name."""
    top = target.module.partition(".")[0]
    for path in sorted(path for path in repo.modules.paths if path.endswith(f"/{top}/__init__.py")):
        owner = path.removesuffix(f"/{top}/__init__.py")
        if f"{owner}/__init__.py" not in repo.modules.paths:
            return f"{owner}/{top} cannot be collected in a process that holds {top} of the root"
    return ""


def may_be_replaced(repo: Repository, target: Target) -> str:
    """Why an installed package may be imported instead of the folder that the runner lies in."""
    folder = target.path.rpartition("/")[0]
    if folder and f"{folder}/__init__.py" not in repo.modules.paths:
        return f"{folder} has no __init__.py, so that an installed package of that name would be imported"
    return ""


def _only_from_root(repo: Repository, script: str, folders: Iterable[str], module: str) -> bool:
    nearer = [folder for folder in (script, *folders) if folder]
    if UNKNOWN in nearer:
        return False
    return _exists(repo, "", module) and not any(_exists(repo, f"{folder}/", module) for folder in nearer)


def _exists(repo: Repository, prefix: str, module: str) -> bool:
    stem = prefix + module.replace(".", "/")
    return f"{stem}.py" in repo.modules.paths or stem in repo.modules.folders


def _stands_in(repo: Repository, folder: str, top: str) -> bool:
    return f"{folder}/{top}" in repo.modules.folders or f"{folder}/{top}.py" in repo.modules.paths
