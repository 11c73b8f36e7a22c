"""What the import of a target loads, and why a file may better not load it, or gets something else."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ssot_migrate.index.import_root import found_nearer
from ssot_migrate.index.project import folders_above
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.targets import Target
from ssot_migrate.model import Role

# ``test`` is a package of Python's own that this list leaves out.
_PYTHONS = sys.stdlib_module_names | {"test"}


class Loaded(NamedTuple):
    """A module that an import loads: its dotted name, its file, and what ``Target`` says that it runs."""

    module: str
    path: str
    runs: str


def needed_by(repo: Repository, target: Target) -> tuple[Loaded, ...]:
    """The target and what it imports in turn: what the plan brings stands on the environment's module."""
    environment = repo.target(Role.ENVIRONMENT) if target.vendored else None
    found = (target, environment) if environment else (target,)
    return tuple(Loaded(each.module, each.path, each.runs) for each in found)


def shadowed(repo: Repository, needed: Sequence[Loaded], path: str) -> str:
    """Which other module may be imported in the place of one of ``needed``; empty if none."""
    root = repo.modules.import_root(path)
    for top in sorted({found.module.partition(".")[0] for found in needed}):
        if nearer := found_nearer(repo, root, top):
            return f"{nearer}{top} may be imported in the place of {top}"
        if top in _PYTHONS and f"{top}/__init__.py" not in repo.modules.paths:
            return f"Python has a {top} of its own, which is imported in the place of the folder"
    return ""


def circular(repo: Repository, needed: Sequence[Loaded], path: str) -> str:
    """Which of ``needed`` imports the file itself; empty if none does."""
    for start in (start for found in needed for start in (found.path, found.runs)):
        if path in repo.imports.behind(start):
            return f"{start} imports this file, so that the new import would go round in a circle"
    return ""


def runs_more(repo: Repository, name: str, needed: Sequence[Loaded], path: str) -> str:
    """Which package file the import would run that neither this file nor a conftest above it loads yet."""
    loaders = [path, *(f"{folder}/conftest.py".lstrip("/") for folder in folders_above(path))]
    for runs in (found.runs for found in needed if found.runs):
        inside = path.startswith(runs.removesuffix("__init__.py"))
        if not inside and _loading(repo, runs).isdisjoint(loaders):
            return f"importing {name} runs {runs}, which imports much else"
    return ""


@lru_cache(maxsize=4)
def _loading(repo: Repository, runs: str) -> frozenset[str]:
    """Every file that, while it is loaded, loads ``runs``: few files are asked for, by very many."""
    return repo.imports.before(runs)
