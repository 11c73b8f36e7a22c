"""Whether modules would import each other in a circle once copies are replaced by imports."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ssot_migrate.copies.order import canonical
from ssot_migrate.index.repository import Repository
from ssot_migrate.model import Site


def circle(site: Site, kept: Site, repo: Repository) -> str:
    """Why ``site``'s file cannot import that of ``kept`` without a circle; empty if it can."""
    if site.path in repo.imports.behind(kept.path):
        return "that module imports this one"
    if site.path in planned(repo).behind(kept.path):
        return "with other copies of these modules replaced, they would import each other"
    return ""


class Planned:
    """The imports that there are, and those that may take the place of copies."""

    def __init__(self, repo: Repository) -> None:
        """Find the copies in ``repo``."""
        self.repo = repo
        self.added = repo.tables.get("copies", dict[str, frozenset[str]], self._find)
        self.known: dict[str, frozenset[str]] = {}

    def _find(self) -> dict[str, set[str]]:
        """By file, those that its copies would then be imported from."""
        added: dict[str, set[str]] = defaultdict(set)
        for copies in _groups(self.repo):
            kept = canonical(copies, self.repo)
            for copy in copies:
                added[copy.path].add(kept.path)
        return added

    def behind(self, start: str) -> frozenset[str]:
        """Every other file that would be loaded because ``start`` is."""
        if start not in self.known:
            seen: set[str] = set()
            queue = [start]
            while queue:
                path = queue.pop()
                fresh = (self.repo.imports.direct(path) | self.added.get(path, frozenset())) - seen - {path}
                seen |= fresh
                queue += fresh
            self.known[start] = frozenset(seen)
        return self.known[start]


@lru_cache(maxsize=1)
def planned(repo: Repository) -> Planned:
    """The imports of ``repo`` as they may become, found once."""
    return Planned(repo)


def _groups(repo: Repository) -> Iterator[Sequence[Site]]:
    """Definitions of modules that are the same, by service."""
    groups: dict[tuple[str, str, str], list[Site]] = defaultdict(list)
    for _, site in repo.scans.places():
        if site.key and "cut" in site.facts and "fixture" not in site.facts:
            groups[site.rule, site.key, repo.service(site.path)].append(site)
    return (group for group in groups.values() if len(group) > 1)
