"""Whether an import crosses a boundary, by which way, and what would keep it inside."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from ssot_migrate.index.chains import Chain, chains
from ssot_migrate.index.repository import Repository
from ssot_migrate.model import Advice, Change, Safety, Site
from ssot_migrate.transform import Outcome
from ssot_migrate.transforms.service_boundary.boundaries import Boundaries, boundaries_of
from ssot_migrate.transforms.service_boundary.moving import sites_of, way_of


def decide(site: Site, repo: Repository) -> Outcome:
    """A move or advice where an import leaves its service; nothing where it does not."""
    known = boundaries_of(repo)
    found = _crossing(site, known)
    if found is None:
        return _stray(site, known)
    if known.is_framework(site.path):
        return Advice(found.told)
    crossing = [(s, f) for s in sites_of(site.path, repo) if (f := _crossing(s, known))]
    services = {other.service for _, other in crossing}
    if len(services) > 1:
        return Advice(f"{found.told}; it cannot simply move: it uses {' and '.join(sorted(services))}")
    return _moved(site, [other for other, _ in crossing], found.service, found.told, repo)


class _Crossing(NamedTuple):
    """The service that an import leads into, and what to say of it."""

    service: str
    told: str


def _crossing(site: Site, known: Boundaries) -> _Crossing | None:
    for name in site.facts["names"].split():
        ways = chains(known.repo, name, site.path)
        crossing = [way for way in ways if _crosses(site.path, way, known)]
        if crossing:
            told = _told(site.path, name, crossing, ways, known)
            return _Crossing(known.repo.service(crossing[0][-1]), told)
    return None


def _moved(site: Site, sites: Sequence[Site], service: str, told: str, repo: Repository) -> Outcome:
    """The move of the whole file, which all of ``sites`` ask for together, or what keeps it."""
    way = way_of(repo, site.path, service)
    if not way.place:
        return Advice(f"{told}; it cannot simply move there: {way.why}")
    promises = {other.span.start: f"move:{other.path}:{other.span.start}" for other in sites}
    mine = promises.pop(site.span.start)
    return Change(
        (),
        safety=Safety.REVIEW,
        note=f"{told}; it moves to {way.place}: see that what runs your tests runs those "
        "there, for their ids then begin with that path",
        provides=(mine,),
        requires=tuple(promises.values()),
        move=way.place,
    )


def _crosses(path: str, way: Chain, known: Boundaries) -> bool:
    """Whether the way ends in a service that the file has no business with."""
    repo, end = known.repo, way[-1]
    used = repo.service(end)
    if used not in known.services or known.is_framework(end):
        return False
    if known.is_framework(path):
        return known.is_code(end) and not known.is_library(used, "")
    user = repo.service(path)
    if user == used or user not in known.services or not known.is_test(path):
        return False
    return known.is_test(end) or not known.is_library(used, user)


def _told(path: str, name: str, crossing: list[Chain], ways: tuple[Chain, ...], known: Boundaries) -> str:
    end = crossing[0][-1]
    used = known.repo.service(end)
    shown = " or ".join(" → ".join((path, *way)) for way in ways)
    last = name.rpartition(".")[2]
    shown = f"one of two things, {shown}" if len(ways) > 1 else shown
    if known.is_framework(path):
        return (
            f"the test framework uses {last} of {used} ({shown}): what knows a service belongs in its tests"
        )
    if known.is_test(end):
        return f"a test helper of {used} ({shown}): {_movable(end, known)}"
    return f"code of {used} ({shown}): test it there, or speak to {used} as its clients do"


def _movable(helper: str, known: Boundaries) -> str:
    """Whether a helper can move to the test framework, or what keeps it in its service."""
    imports, service = known.repo.imports, known.repo.service(helper)
    needs = sorted(path for path in imports.behind(helper) if known.repo.service(path) == service)
    if needs:
        return f"it needs {needs[0]}, so ask for what it gives by way of {service}'s interface"
    users = sorted(path for path in imports.importers.get(helper, ()) if known.is_code(path))
    if users:
        return f"{users[0]} uses it as well, so it is no test helper alone"
    home = min(known.frameworks, default="a shared test framework").rstrip("/")
    return (
        f"it needs nothing of {service}, and only tests use it: move it to {home} and leave an import behind"
    )


def _stray(site: Site, known: Boundaries) -> Outcome:
    """A unit test outside of all services that uses the code of one alone; told at the first such import."""
    repo = known.repo
    if repo.service(site.path) in known.services or not known.is_test(site.path):
        return None
    if not {"unit", "unit_tests"} & set(site.path.split("/")[:-1]):
        return None
    used = [(other, service) for other in sites_of(site.path, repo) for service in _used(other, known)]
    services = {service for _, service in used}
    if len(services) != 1 or used[0][0] != site:
        return None
    (service,) = services
    told = f"a unit test that uses only {service}: it belongs in the tests of that service"
    return _moved(site, [site], service, told, repo)


def _used(site: Site, known: Boundaries) -> Iterator[str]:
    """Services, other than libraries, whose code an import gives."""
    for name in site.facts["names"].split():
        for way in chains(known.repo, name, site.path):
            service = known.repo.service(way[-1])
            if service in known.services and not known.is_library(service, ""):
                yield service
