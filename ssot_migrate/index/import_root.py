"""What shows that a file finds the repository's root on the import path."""

from __future__ import annotations

import sys
from collections.abc import Iterator

from ssot_migrate.index.repository import Repository
from ssot_migrate.index.tests_by_name import TEST_FOLDERS
from ssot_migrate.languages.python import module_name
from ssot_migrate.model import Role


def imports_from_root(repo: Repository, path: str) -> bool:
    """Whether the file imports, in any case, what only the root on the import path can give it.

    An import of the runner is no evidence: it stands where tests are started, below what finds the root.
    """
    scan, root, runner = repo.scans.get(path), repo.modules.import_root(path), repo.target(Role.RUNNER)
    facts = [fact for fact in scan.imports if fact.certain] if scan else []
    if scan and (layout := scan.layout):
        plain = {dotted for each in layout.imports if each.top for _, dotted in each.names}
        facts = [fact for fact in facts if fact.dotted in plain]
    names = {fact.dotted for fact in facts if not fact.relative}
    names -= {f"{runner.module}.{runner.name}"} if runner else set()
    tops = {dotted.partition(".")[0] for dotted in names if is_given_by(repo, dotted)}
    if not root and "/" in path and any(fact.relative for fact in facts):
        tops.add(path.partition("/")[0])  # only as part of its package can it be loaded
    return any(root_alone_gives(repo, top) and not found_nearer(repo, root, top) for top in tops)


def loaded_from_root(repo: Repository, path: str) -> bool:
    """Whether a file is loaded as a module of the root, by what it imports or by who imports it."""
    at_root = repo.modules.import_root(path) == ""
    return at_root or imports_from_root(repo, path) or imported_from_root(repo, path)


def imported_from_root(repo: Repository, path: str) -> bool:
    """Whether other files import this one by its name from the root, and by no other absolute name."""
    return {dotted for _, dotted in repo.imports.spellings.get(path, ())} == {module_name(path)}


def root_alone_gives(repo: Repository, top: str) -> bool:
    """Whether a module of the root cannot have been installed from there as well."""
    return "" not in repo.project.installable or top in TEST_FOLDERS


def is_given_by(repo: Repository, dotted: str) -> bool:
    """Whether the root holds the module that ``dotted`` is, or is taken from."""
    return any(
        _stands_in(repo, "", name.replace(".", "/")) for name in (dotted, dotted.rpartition(".")[0]) if name
    )


def found_nearer(repo: Repository, root: str, top: str) -> str:
    """The folder, other than the repository's root, from which ``import top`` may be served."""
    return next((prefix for prefix in _prefixes(repo, root) if _stands_in(repo, prefix, top)), "")


def _prefixes(repo: Repository, root: str) -> Iterator[str]:
    return (prefix for prefix in repo.modules.roots(root) if prefix)


def _stands_in(repo: Repository, prefix: str, top: str) -> bool:
    if top.partition("/")[0] in sys.stdlib_module_names:
        return False
    return f"{prefix}{top}" in repo.modules.folders or f"{prefix}{top}.py" in repo.modules.paths
