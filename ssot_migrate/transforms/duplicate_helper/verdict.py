"""What becomes of a helper or fixture: joined to its copies, or told what keeps it apart from its like."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from ssot_migrate.copies.families import listed
from ssot_migrate.copies.joining import join
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.sites import SiteTable
from ssot_migrate.index.tests_by_name import serves_tests
from ssot_migrate.model import Advice, Role, Site
from ssot_migrate.transform import Outcome

_NAMED = 3


def decide(site: Site, repo: Repository) -> Outcome:
    """Change, advice or nothing for one site."""
    if not _counts(site, repo):
        return None
    copies = [peer for peer in repo.twins(site.rule, site.key) if _counts(peer, repo)]
    if len(copies) > 1:
        return join(site, copies, repo) or _in_other_services(site, copies, repo)
    return _alike(site, repo)


def _counts(site: Site, repo: Repository) -> bool:
    if not serves_tests(repo, site.path, Role.BASE_CASE):
        return False
    return site.span.start not in _claimed(repo, site.path, site.rule)


@lru_cache(maxsize=4096)
def _claimed(repo: Repository, path: str, rule: str) -> frozenset[int]:
    """Where other rules than ``rule`` speak of definitions in a file."""
    others = (s for s in repo.scans.sites(path) if s.rule != rule)
    return frozenset(s.span.start for s in others if s.key and "name" in s.facts)


def _in_other_services(site: Site, copies: Sequence[Site], repo: Repository) -> Advice | None:
    here = repo.service(site.path)
    others = [copy for copy in copies if repo.service(copy.path) != here]
    if not others:
        return None
    told = f"exact copies of {site.facts['name']} in other services: {listed(others)}"
    return Advice(f"{told}; one shared module serves all")


def _alike(site: Site, repo: Repository) -> Advice | None:
    """The nearest of those that read alike, and the names that keep it from being the same."""
    alike = by_shape(repo, site.rule).shared(site.facts["shape"])
    others = [other for other in alike if other.key != site.key]
    if not others:
        return None
    size = Counter(other.key for other in others)
    nearest = min(
        others, key=lambda other: (len(_apart(site, other)), -size[other.key], other.path, other.line)
    )
    names = _apart(site, nearest)
    what = (
        f"{', '.join(names[:_NAMED])} may mean something else" if names else "annotations are read otherwise"
    )
    return Advice(
        f"{site.facts['name']} reads as {nearest.facts['name']} at {nearest.path}:{nearest.line} does, "
        f"but {what} there: see whether one definition can serve both"
    )


def _apart(site: Site, other: Site) -> list[str]:
    """Names that both use and that do not provably mean the same."""
    names = sorted(name for name in site.facts if name.startswith("="))
    return [name.removeprefix("=") for name in names if site.facts[name] != other.facts.get(name)]


@lru_cache(maxsize=4)
def by_shape(repo: Repository, rule: str) -> SiteTable:
    """The sites of ``rule`` by what they read like, but for those that other rules speak of."""
    return repo.sites_by(
        f"shapes {rule}", rule, lambda site: site.facts["shape"] if _counts(site, repo) else ""
    )
