"""Classes below a base that becomes an alias: they go on to what it stands for, if all say of it is that."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple

from ssot_migrate.edits import Edit
from ssot_migrate.findings import allowed
from ssot_migrate.index.classes import ClassRef, Resolved
from ssot_migrate.index.reach import spelling
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.targets import Target
from ssot_migrate.languages.imports import placeholder
from ssot_migrate.languages.python import module_name
from ssot_migrate.model import Change, ImportRequest, Safety, Site
from ssot_migrate.transform import Outcome
from ssot_migrate.transforms.legacy_base_class.aliasing import droppable, serves_others
from ssot_migrate.transforms.legacy_base_class.duplicates import stand_in
from ssot_migrate.transforms.legacy_base_class.mentions import ONLY_BASES
from ssot_migrate.transforms.legacy_base_class.place import of_place

Decide = Callable[[Site, Repository], Outcome]


class _End(NamedTuple):
    """A base that becomes an alias: what that stands for, and how sure it is."""

    base: ClassRef
    kept: Target | ClassRef
    safety: Safety


def moved_on(site: Site, ref: ClassRef, repo: Repository, decide: Decide) -> Change | None:
    """The change that takes a class off bases that become aliases; None where it stays on one of them."""
    bases = enumerate(repo.cases.bases(ref))
    ends = {n: end for n, base in bases if (end := _end(site.rule, base, repo, decide))}
    requests = {n: request for n, end in ends.items() if (request := _request(site, n, end, repo))}
    if not ends or len(requests) < len(ends):
        return None
    spans = {n: site.captures[f"base{n}"].span for n in ends}
    sure = all(end.safety is Safety.SAFE for end in ends.values())
    return Change(
        tuple(Edit(span.start, span.end, placeholder(requests[n])) for n, span in spans.items()),
        safety=Safety.SAFE if sure else Safety.REVIEW,
        note=", ".join(f"{end.base.fact.name} becomes an alias" for end in ends.values()),
        needs=tuple(dict.fromkeys(requests.values())),
        drops=tuple(_root(site, n) for n, end in ends.items() if end.base.path != site.path),
        shared=serves_others(ref, repo),
    )


@lru_cache(maxsize=64)
def _end(rule: str, base: Resolved, repo: Repository, decide: Decide) -> _End | None:
    """What becomes of a base, if that is an alias and all files only derive from it."""
    own = _site_of(rule, base, repo) if isinstance(base, ClassRef) else None
    if own is None or not isinstance(base, ClassRef) or allowed(own, repo.scans[own.path].suppressions):
        return None
    kept, change = stand_in(own, base, repo), decide(own, repo)
    if kept is None or not isinstance(change, Change) or not _is_only_a_base(own, repo):
        return None
    return _End(base, kept, change.safety)


def _site_of(rule: str, base: ClassRef, repo: Repository) -> Site | None:
    scan = repo.scans.get(base.path)
    sites = (site for site in scan.sites if site.rule == rule) if scan else ()
    return next((site for site in sites if site.facts.get("class") == base.fact.name), None)


def _is_only_a_base(site: Site, repo: Repository) -> bool:
    """Whether nothing is said of a class, by whatever name a file has it, but that others derive from it."""
    name, takers = site.facts["class"], repo.imports.takers
    users = {(site.path, name), *takers.get((site.path, name), ())}
    return (
        not repo.imports.outside_takers.get(f"{module_name(site.path).rpartition('.')[2]}.{name}")
        and all(local in _only_bases(site.rule, user, repo) for user, local in users)
        and all(_says_no_more(user, local, site, repo) for user, local in takers.get((site.path, "*"), ()))
    )


def _says_no_more(user: str, local: str, site: Site, repo: Repository) -> bool:
    """Whether a file that has the class's module does not hand it on, and at most derives from the class."""
    if local == "*" or user.endswith("__init__.py"):
        return False
    name = site.facts["class"]
    return name in _only_bases(site.rule, user, repo) or repo.mentions(user, name) is False


def questions(site: Site, repo: Repository) -> Iterator[tuple[str, str]]:
    """What must be asked of files that have the module of a base which may become an alias."""
    name = site.facts.get("class", "")
    if "whole" in site.facts and name in site.facts.get(ONLY_BASES, "").split():
        users = (user for user, _ in repo.imports.takers.get((site.path, "*"), ()))
        yield from ((user, name) for user in users if name not in _only_bases(site.rule, user, repo))


@lru_cache(maxsize=64)
def _only_bases(rule: str, path: str, repo: Repository) -> frozenset[str]:
    sites = (site for site in repo.scans[path].sites if site.rule == rule)
    return frozenset(name for site in sites for name in site.facts.get(ONLY_BASES, "").split())


def _root(site: Site, place: int) -> str:
    return site.facts["roots"].split(" ")[place]


def _request(site: Site, place: int, end: _End, repo: Repository) -> ImportRequest | None:
    """The import of what stands for a base; None where the class should stay on the alias."""
    root, kept = _root(site, place), end.kept
    if end.base.path != site.path and root not in droppable([root], site.path, repo):
        return None
    if isinstance(kept, Target):
        return None if of_place(site, [kept], repo) else ImportRequest(kept.module, kept.name)
    circular = kept.path == site.path or site.path in repo.imports.behind(kept.path)
    module = "" if circular or of_place(site, [], repo) else spelling(repo, kept.path, site.path)
    return ImportRequest(module, kept.fact.name) if module else None
