"""``aliases``: every deprecated alias of a commit, its term, and who still uses it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from ssot_migrate.engine.progress import Progress
from ssot_migrate.git.repository import Repository
from ssot_migrate.index.repository import Repository as Index
from ssot_migrate.model import Frozen, Site
from ssot_migrate.transforms.deprecated_alias import transform
from ssot_migrate.transforms.deprecated_alias.uses import users
from ssot_migrate.transforms.deprecated_alias.verdict import is_alias
from ssot_migrate.workflow import recall
from ssot_migrate.workflow.analysis import analysed
from ssot_migrate.workflow.configured import read_settings
from ssot_migrate.workflow.requests import Request

RULE = transform.slug


class Alias(Frozen, frozen=True):
    """An alias, where it stands, what it stands for, and its term (ISO dates; "" if not plain text).

    ``users`` are the files that use it, by service; ``over``: its day was before the commit's.
    """

    name: str
    path: str
    line: int
    service: str
    target: str
    owner: str
    since: str
    until: str
    over: bool
    users: dict[str, tuple[str, ...]]


def list_aliases(request: Request, progress: Progress) -> tuple[Alias, ...]:
    """The aliases in the commit that HEAD names, or those in files of the request's services."""
    repo = Repository.open(Path(request.path))
    index = analysed(
        repo, progress, recall(repo, request, read_settings(repo, request.profile))
    ).analysis.repo
    wanted = request.services
    return tuple(alias for alias in _aliases(index) if not wanted or alias.service in wanted)


def _aliases(index: Index) -> Iterator[Alias]:
    for site in index.scans.sites_of(RULE):
        if is_alias(site, index):
            yield _alias(site, index)


def _alias(site: Site, index: Index) -> Alias:
    facts = site.facts
    by_service: dict[str, tuple[str, ...]] = {}
    for path in users(site, index):
        service = index.service(path)
        by_service[service] = (*by_service.get(service, ()), path)
    until = facts.get("until", "")
    return Alias(
        facts["name"],
        site.path,
        site.line,
        index.service(site.path),
        facts.get("target", ""),
        facts.get("owner", ""),
        facts.get("since", ""),
        until,
        bool(until) and until < index.days.day,
        by_service,
    )
