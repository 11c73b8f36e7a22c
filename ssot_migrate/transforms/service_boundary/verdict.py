"""Whether an import crosses a boundary, by which way, and what would keep it inside."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_migrate.index.chains import Chain, chains
from ssot_migrate.index.repository import Repository
from ssot_migrate.model import Advice, Site
from ssot_migrate.transform import Outcome
from ssot_migrate.transforms.service_boundary.boundaries import Boundaries, boundaries_of


def decide(site: Site, repo: Repository) -> Outcome:
    """Advice on an import that leaves its service; nothing where it does not."""
    known = boundaries_of(repo)
    for name in site.facts["names"].split():
        ways = chains(repo, name, site.path)
        crossing = [way for way in ways if _crosses(site.path, way, known)]
        if crossing:
            return Advice(_told(site.path, name, crossing, ways, known))
    return _stray(site, known)


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


def _stray(site: Site, known: Boundaries) -> Advice | None:
    """A unit test outside of all services that uses the code of one alone; told at the first such import."""
    repo = known.repo
    if repo.service(site.path) in known.services or not known.is_test(site.path):
        return None
    if not {"unit", "unit_tests"} & set(site.path.split("/")[:-1]):
        return None
    used = [(other, service) for other in _own(site, repo) for service in _used(other, known)]
    services = {service for _, service in used}
    if len(services) != 1 or used[0][0] is not site:
        return None
    (service,) = services
    return Advice(f"a unit test that uses only {service}: it belongs in the tests of that service")


def _own(site: Site, repo: Repository) -> list[Site]:
    return [other for other in repo.scans[site.path].sites if other.rule == site.rule]


def _used(site: Site, known: Boundaries) -> Iterator[str]:
    """Services, other than libraries, whose code an import gives."""
    for name in site.facts["names"].split():
        for way in chains(known.repo, name, site.path):
            service = known.repo.service(way[-1])
            if service in known.services and not known.is_library(service, ""):
                yield service
