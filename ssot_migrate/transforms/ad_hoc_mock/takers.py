"""Whether an import may go: nothing outside the code that is edited may still count on it."""

from __future__ import annotations

from collections.abc import Iterable

from ssot_migrate.index.repository import Repository
from ssot_migrate.model import Site
from ssot_migrate.transforms.ad_hoc_mock.mentions import TAKEN
from ssot_migrate.transforms.ad_hoc_mock.names import METHODS
from ssot_migrate.transforms.ad_hoc_mock.places import is_test_module


def droppable(site: Site, names: Iterable[str], repo: Repository) -> tuple[str, ...]:
    """Those of ``names`` whose import in the site's file may go once unused there.

    Not if another file takes the name from there, or a type or code in quotes needs it;
    of names other than the mock classes only in test modules, from which nobody imports.
    """
    if site.path.endswith("/__init__.py") or repo.peers(site.rule, f"{TAKEN}:{site.path}"):
        return ()
    taken = repo.imports.taken.get(site.path, frozenset())
    if "*" in taken or any(_takes(peer, site, repo) for peer in repo.peers(site.rule, TAKEN)):
        return ()
    return tuple(n for n in names if n not in taken and (n in METHODS or is_test_module(site.path)))


def _takes(peer: Site, site: Site, repo: Repository) -> bool:
    return repo.modules.find(peer.facts["module"], peer.path.rpartition("/")[0]) == site.path
