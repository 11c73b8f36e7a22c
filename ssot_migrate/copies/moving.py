"""Whether a file can import a definition from the module that keeps it, by which name, and at what cost."""

from __future__ import annotations

import sys
from collections.abc import Iterable

from ssot_migrate.index.reach import importable
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.targets import Target
from ssot_migrate.languages.python import module_name
from ssot_migrate.model import Site


def module_for(kept: Site, site: Site, repo: Repository) -> str:
    """The name by which ``site``'s file can import the module of ``kept``; empty if none is sure to work."""
    own = module_name(kept.path.removeprefix(f"{repo.modules.import_root(kept.path)}/"))
    folder, root = site.path.rpartition("/")[0], repo.modules.import_root(site.path)
    uses = repo.imports.spellings.get(kept.path, ())
    known = {dotted for user, dotted in uses if repo.modules.import_root(user) == root}
    if own in known and repo.modules.find(own, folder) == kept.path:
        return own
    module = Target(module_name(kept.path), site.facts["name"], kept.path, exists=True, vendored=False)
    return "" if importable(repo, module, site.path) else module.module


def brought_along(site: Site, kept: Site, repo: Repository) -> str:
    """What importing the kept definition's module needs that this file does without; empty if nothing."""
    loaded = {kept.path, *repo.imports.behind(kept.path)}
    unread = sorted(path for path in loaded if not repo.scans.is_read(path))
    if unread:
        return f"it loads {unread[0]}, of which nobody knows what that loads"
    here = {site.path, *repo.imports.behind(site.path)}
    extra = sorted(_outside(loaded, repo) - _outside(here, repo) - sys.stdlib_module_names)
    return f"its module needs {extra[0]}, which this file does without" if extra else ""


def _outside(paths: Iterable[str], repo: Repository) -> frozenset[str]:
    """Top-level packages that these files import from outside the repository."""
    return frozenset().union(*map(repo.imports.outside, paths))
