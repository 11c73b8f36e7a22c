"""Whether a test file can go to the tests of the service that it tests, and where to; else what keeps it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

import msgspec

from ssot_migrate.index.chains import chains
from ssot_migrate.index.project import folders_above
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.tests_by_name import is_test_code, is_test_module
from ssot_migrate.model import Site
from ssot_migrate.transforms.service_boundary.homes import clash, home_of, place_below
from ssot_migrate.transforms.service_boundary.travelling import Luggage

RULE = "service-boundary"
# What a conftest.py holds that may reach tests which ask it for nothing.
_UNASKED = (
    "autouse", "environ", "setenv", "putenv", "sys", "collect_ignore", "collect_ignore_glob",
    "pytest_plugins",
    "pytest_configure", "pytest_sessionstart", "pytest_collection_modifyitems", "pytest_ignore_collect",
    "pytest_generate_tests", "pytest_runtest_setup", "pytest_runtest_call", "pytest_runtest_teardown",
    "pytest_runtest_makereport", "pytest_runtest_protocol", "pytest_pyfunc_call", "pytest_fixture_setup",
    "pytest_make_parametrize_id", "pytest_pycollect_makeitem", "pytest_itemcollected", "pytest_addoption",
)  # fmt: skip


class Way(NamedTuple):
    """Where a file can go, or why it has to stay; ``words`` must not stand in ``conftests`` for that."""

    place: str
    why: str = ""
    conftests: tuple[str, ...] = ()
    words: tuple[str, ...] = ()


def asks(site: Site, repo: Repository) -> Iterator[tuple[str, str]]:
    """Who speaks of a file that could move, and what the conftests hold that it would lose or gain."""
    if "luggage" in site.facts and (service := _tested(site.path, repo)):
        way = _way(repo, site.path, service)
        if way.place:
            yield "", _stem(site.path)
            yield from ((path, word) for path in way.conftests for word in (*way.words, *_UNASKED))


def way_of(repo: Repository, path: str, service: str) -> Way:
    """Where the test file ``path`` can go if all that it needs is ``service``'s."""
    way = _way(repo, path, service)
    if way.why:
        return way
    others = [other for other in repo.mentioning(_stem(path)) if other != path]
    if others:
        return Way("", f"{min(others)} speaks of it")
    for conftest in way.conftests:
        for word in (*way.words, *_UNASKED):
            if repo.mentions(conftest, word) is not False:
                return Way("", f"{conftest} may matter to it ({word})")
    return way


def _stem(path: str) -> str:
    return path.rpartition("/")[2].removesuffix(".py")


def _tested(path: str, repo: Repository) -> str:
    """The one service, other than the file's own, whose files it imports; empty if there is not one."""
    ends = (way[-1] for site in sites_of(path, repo) for way in _ways(site, repo))
    used = {repo.service(end) for end in ends} - {"", repo.service(path)}
    return next(iter(used)) if len(used) == 1 else ""


def sites_of(path: str, repo: Repository) -> list[Site]:
    """The imports of a file that may leave its service, in order."""
    return [site for site in repo.scans.sites(path) if site.rule == RULE]


def _ways(site: Site, repo: Repository) -> Iterator[tuple[str, ...]]:
    for name in site.facts["names"].split():
        yield from chains(repo, name, site.path)


@lru_cache(maxsize=256)
def _way(repo: Repository, path: str, service: str) -> Way:
    """What the index alone says."""
    why = _tie(repo, path, service)
    if why:
        return Way("", why)
    home = home_of(repo, service)
    if not home:
        return Way("", f"{service} has no one folder of tests")
    place = place_below(repo, path, home)
    if why := clash(repo, path, place):
        return Way("", why)
    apart = {conftest for each in (path, place) for conftest in _conftests(repo, each)}
    shared = set(_conftests(repo, path)) & set(_conftests(repo, place))
    return Way(place, "", tuple(sorted(apart - shared)), _luggage(repo, path).fixtures)


def _luggage(repo: Repository, path: str) -> Luggage:
    texts = [site.facts["luggage"] for site in sites_of(path, repo) if "luggage" in site.facts]
    return msgspec.json.decode(texts[0], type=Luggage) if texts else Luggage("imports nothing at its top", ())


def _tie(repo: Repository, path: str, service: str) -> str:
    """What keeps the file where it is, whatever is there where it could go."""
    if not is_test_module(path):
        return "it is no test module, so that others may count on its place"
    if tied := _luggage(repo, path).tied:
        return f"it {tied}"
    if users := repo.imports.importers.get(path):
        return f"{min(users)} imports it"
    for site in sites_of(path, repo):
        for name in site.facts["names"].split():
            found = {repo.service(way[-1]) for way in chains(repo, name, path)}
            if len(found) > 1:
                return f"{name} may be one of two things"
    own = [used for used in repo.imports.direct(path) if _is_beside(used, path, service, repo)]
    return f"it uses {min(own)} as well" if own else ""


def _is_beside(used: str, path: str, service: str, repo: Repository) -> bool:
    """Whether a file that a test uses is one of where the test stands, or of a third service's tests."""
    top = path.partition("/")[0]
    return used.partition("/")[0] == top or (is_test_code(used) and repo.service(used) != service)


def _conftests(repo: Repository, path: str) -> list[str]:
    found = (f"{folder}/conftest.py".lstrip("/") for folder in folders_above(path))
    return [conftest for conftest in found if conftest in repo.modules.paths]
