"""Definitions of one rule by name and by what they do, over a whole repository."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache

from ssot_migrate.index.repository import Repository
from ssot_migrate.index.tests_by_name import serves_tests
from ssot_migrate.model import Advice, Frozen, Role, Site

_NAMED = 3


class Family(Frozen, frozen=True):
    """The ``copies`` of a definition (itself among them); its ``namesakes`` that do something else.

    Only definitions whose names tell what they are have namesakes.
    """

    copies: tuple[Site, ...]
    namesakes: tuple[Site, ...]

    def advice(self, site: Site, what: str) -> Advice | None:
        """A word on the others, or None if there are none; ``what`` says what all of them are."""
        name = site.facts["name"]
        others = [copy for copy in self.copies if copy != site]
        if others:
            return Advice(f"{what}: exact copies of {name} are {listed(others)}; this one stays")
        if not self.namesakes:
            return None
        different = len({sibling.key for sibling in self.namesakes})
        bodies = f"{different} other bodies" if different > 1 else "another body"
        told = f"{len(self.namesakes)} more called {name}, with {bodies}"
        return Advice(f"{what}: {told}: {listed(self.namesakes)}; settle on one")


def listed(sites: Sequence[Site]) -> str:
    """The places of the first few sites, and how many more there are."""
    shown = [f"{site.path}:{site.line}" for site in sites[:_NAMED]]
    more = f" and {len(sites) - _NAMED} more" if len(sites) > _NAMED else ""
    return ", ".join(shown) + more


def family_of(site: Site, repo: Repository, role: Role | None = None) -> Family:
    """The family of ``site``: in the code that serves tests for ``role``, or everywhere if none is given."""
    by_name = _by_name(repo, site.rule, site.kind, role) if "telling" in site.facts else {}
    named = by_name.get(site.facts["name"], ())
    copies = tuple(peer for peer in repo.peers(site.rule, site.key) if _counts(repo, peer.path, role))
    return Family(copies, tuple(peer for peer in named if peer.key != site.key))


def _counts(repo: Repository, path: str, role: Role | None) -> bool:
    return role is None or serves_tests(repo, path, role)


@lru_cache(maxsize=8)
def _by_name(repo: Repository, rule: str, kind: str, role: Role | None) -> Mapping[str, Sequence[Site]]:
    def name(site: Site) -> str:
        known = site.kind == kind and "telling" in site.facts and _counts(repo, site.path, role)
        return site.facts["name"] if known else ""

    return repo.sites_by(f"names {rule} {kind} {role and role.value}", rule, name)
