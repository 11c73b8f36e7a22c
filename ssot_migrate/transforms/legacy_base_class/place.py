"""What must be looked at because of where a class stands."""

from __future__ import annotations

from collections.abc import Sequence

from ssot_migrate.index.import_root import imports_from_root
from ssot_migrate.index.reach import importable
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.targets import Target
from ssot_migrate.model import Role, Site


def of_place(site: Site, targets: Sequence[Target], repo: Repository) -> list[str]:
    """The reasons for a person to look at a class that comes to stand on ``targets``."""
    care = [reason for target in targets if (reason := importable(repo, target, site.path))]
    care += [
        f"{t.path} is not the base whose behaviour was tested" for t in targets if "thin" not in t.claims
    ]
    environment = repo.target(Role.ENVIRONMENT)
    if any(t.vendored for t in targets) and environment and "live" not in environment.claims:
        care.append(f"the base would stand on {environment.path}, with which it was not tested")
    if "started-by-path" in site.facts and "/" in site.path and not imports_from_root(repo, site.path):
        care.append("started by its path (#!), it would not find the repository's root")
    if "looks-at-module" in site.facts:
        care.append("it goes through a module's names, suites or classes, and would meet the imported base")
    if "looks-at-bases" in site.facts:
        care.append("it looks at the bases of classes, and may look at its own")
    if "conditional" in site.facts:
        care.append("defined under a condition")
    if "." in site.facts["class"]:
        care.append("defined inside another class")
    return care
