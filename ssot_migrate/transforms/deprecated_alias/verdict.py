"""What becomes of an alias: nothing while it is used and in time, else its end or a word to its owner."""

from __future__ import annotations

from collections import Counter

from ssot_migrate.edits import Edit
from ssot_migrate.index.repository import Repository
from ssot_migrate.model import Advice, Change, Role, Safety, Site
from ssot_migrate.transform import Outcome
from ssot_migrate.transforms.deprecated_alias.uses import users


def is_alias(site: Site, repo: Repository) -> bool:
    """Whether what makes it is the profile's own maker of aliases, and it has a name."""
    target = repo.target(Role.ALIAS)
    maker = f"{target.module}.{target.name}" if target else ""
    return site.facts["means"] == maker and "name" in site.facts


def decide(site: Site, repo: Repository) -> Outcome:
    """Removal, advice, or nothing."""
    if not is_alias(site, repo) or any(site.path == target.path for target in repo.targets.values()):
        return None
    until = site.facts.get("until", "")
    if not until or "owner" not in site.facts:
        return Advice("its owner and its day are not written down as plain text")
    found = users(site, repo)
    over = until < repo.days.day
    if found:
        return Advice(_overdue(site, found, repo)) if over else None
    name = site.facts["name"]
    if "cut" not in site.facts:
        return Advice(f"nothing uses {name}; it is no plain statement of its module: remove it by hand")
    if "comments" in site.facts:
        return Advice(f"nothing uses {name}; its comments would be lost: remove it by hand")
    return _removal(site, over, repo)


def _overdue(site: Site, found: tuple[str, ...], repo: Repository) -> str:
    counts = Counter(repo.service(path) for path in found)
    listed = ", ".join(f"{service} ({count})" for service, count in sorted(counts.items()))
    owner, until, target = (site.facts.get(name, "") for name in ("owner", "until", "target"))
    return f"was to go on {until} (owner {owner}); files that still use it: {listed}; use {target} instead"


def _removal(site: Site, over: bool, repo: Repository) -> Change:
    start, _, end = site.facts["cut"].partition("-")
    until, name = site.facts["until"], site.facts["name"]
    note = f"nothing uses {name}, which was to go on {until}"
    early = f"nothing here uses {name}; other repositories may until {until}"
    return Change(
        (Edit(int(start), int(end), ""),),
        safety=Safety.SAFE if over else Safety.REVIEW,
        note=note if over else early,
        drops=repo.imports.untaken(site.facts["imports"].split(), site.path),
    )
