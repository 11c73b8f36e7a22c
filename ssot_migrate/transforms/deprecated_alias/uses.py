"""Who uses an alias: through imports and re-exports, as an attribute of its module, by its dotted name."""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from ssot_migrate.index.repository import Repository
from ssot_migrate.languages.python import module_name
from ssot_migrate.model import Site


class _Reach(NamedTuple):
    """Where an alias can be had: ``names`` by file, files that take it, and files that take its module."""

    names: set[tuple[str, str]]
    takers: set[str]
    perhaps: set[tuple[str, str]]


def users(site: Site, repo: Repository) -> tuple[str, ...]:
    """The files that use an alias, its own among them if it names it again; sorted."""
    reach = _reach(site, repo)
    found = reach.takers | {path for path, name in reach.perhaps if repo.mentions(path, name) is not False}
    found |= {path for phrase in _phrases(reach) for path in repo.mentioning(phrase)}
    own = {site.path} if "own" in site.facts else set()
    return tuple(sorted((found - {site.path}) | own))


def questions(site: Site, repo: Repository) -> Iterator[tuple[str, str]]:
    """What must be asked of the text of other files to tell the users."""
    if "name" in site.facts:
        reach = _reach(site, repo)
        yield from sorted(reach.perhaps)
        yield from (("", phrase) for phrase in _phrases(reach))


def _reach(site: Site, repo: Repository) -> _Reach:
    start = (site.path, site.facts["name"])
    reach, queue = _Reach({start}, set(), set()), [start]
    while queue:
        path, name = queue.pop()
        outside = repo.imports.outside_takers.get(_tail(path, name), ())
        fresh = {*repo.imports.takers.get((path, name), ()), *outside}
        reach.takers.update(user for user, _ in fresh)
        modules = repo.imports.takers.get((path, "*"), ())
        reach.perhaps.update((user, name) for user, _ in modules)
        fresh |= {(user, name) for user, local in modules if local == "*"}
        queue += fresh - reach.names
        reach.names.update(fresh)
    return reach


def _phrases(reach: _Reach) -> list[str]:
    """How dotted text would name it: ``module.Name`` for each place where it can be had."""
    return sorted({_tail(path, name) for path, name in reach.names if name})


def _tail(path: str, name: str) -> str:
    return f"{module_name(path).rpartition('.')[2]}.{name}"
