"""Whether the name that a patch replaces is there: asked of the file that should define it."""

from __future__ import annotations

import builtins
from collections.abc import Iterator

from ssot_migrate.index.project import folders_above
from ssot_migrate.index.repository import Repository

_BUILDS = ("pyproject.toml", "setup.cfg", "setup.py")
# A file with one of these may have names that do not stand in it.
_MAGIC = ("__getattr__", "globals", "setattr", "exec", "vars", "__dict__", "import_module")


def questions(target: str, path: str, repo: Repository) -> Iterator[tuple[str, str]]:
    """Files that may define the ``target`` of a patch in ``path``, and the words that would show it."""
    files, name = owners(target, path, repo)
    attribute = name.rpartition(".")[2]
    for file in files:
        yield from ((file, word) for word in (attribute, *_MAGIC))
        yield from _builds(file, attribute)


def owners(target: str, path: str, repo: Repository) -> tuple[list[str], str]:
    """The files that the longest importable prefix of the target may mean; it with the name asked of them."""
    parts = target.split(".")
    folder = path.rpartition("/")[0]
    for count in range(len(parts) - 1, 0, -1):
        files = _files("/".join(parts[:count]), folder, repo)
        if files:
            return files, ".".join(parts[: count + 1])
        if repo.modules.is_package(".".join(parts[:count])):
            return [], ""  # a package without a file of its own: submodules of it may be made elsewhere
    return [], ""


def _files(relative: str, folder: str, repo: Repository) -> list[str]:
    """Files of this name that are imported under it: each from the folder in which its own packages begin."""
    found = (
        (root, candidate)
        for root in dict.fromkeys(repo.modules.roots(folder))
        for candidate in (f"{root}{relative}.py", f"{root}{relative}/__init__.py")
        if candidate in repo.modules.paths
    )
    return [path for root, path in found if repo.modules.import_root(path) == root.removesuffix("/")]


def missing(target: str, path: str, repo: Repository) -> str:
    """Which file is certain not to have the name that a patch in ``path`` replaces; empty if it may.

    ``unittest.mock`` puts a builtin into any module for as long as it is patched there.
    """
    files, name = owners(target, path, repo)
    attribute = name.rpartition(".")[2]
    if not files or attribute.startswith("__") or any(_may_have(path, attribute, repo) for path in files):
        return ""
    made = any(repo.mentions(*question) for file in files for question in _builds(file, attribute))
    if made or (name == target and hasattr(builtins, attribute)):
        return ""
    return f"{files[0]} has no {attribute}"


def _builds(path: str, attribute: str) -> Iterator[tuple[str, str]]:
    """Where and how a build may say that it makes a module of a package: a version, or what is compiled."""
    package = path.removesuffix("/__init__.py")
    name = package.rpartition("/")[2]
    for folder in folders_above(path) if package != path else ():
        for settings in _BUILDS:
            yield from ((f"{folder}/{settings}".lstrip("/"), f"{name}{sign}{attribute}") for sign in "/.")


def _may_have(path: str, attribute: str, repo: Repository) -> bool:
    if any(repo.mentions(path, word) is not False for word in (attribute, *_MAGIC)):
        return True
    scan = repo.scans.get(path)
    if scan is None or any(fact.name == "*" for fact in scan.imports):
        return True
    if path.endswith("__init__.py") and repo.project.package_of(path) in repo.project.compiled:
        return True
    inner = path.removesuffix("__init__.py") + attribute
    return path.endswith("__init__.py") and (
        inner in repo.modules.folders or f"{inner}.py" in repo.modules.paths
    )
