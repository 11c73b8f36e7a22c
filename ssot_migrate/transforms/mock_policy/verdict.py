"""Whether a replacement stands in a layer of real services, and which service would serve there."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_migrate.index import patched
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.tests_by_name import serves_tests
from ssot_migrate.model import Advice, Role, Site
from ssot_migrate.transform import Outcome
from ssot_migrate.transforms.ad_hoc_mock.layers import layer_of
from ssot_migrate.transforms.ad_hoc_mock.mentions import MARK
from ssot_migrate.transforms.mock_policy.doubles import FAKE, LIBRARY
from ssot_migrate.transforms.mock_policy.patches import PATCH
from ssot_migrate.transforms.mock_policy.services import instead, is_own, service_of

_LONGEST = 60


def decide(site: Site, repo: Repository) -> Outcome:
    """Advice that names the real service; nothing where the layer allows replacements."""
    if site.kind == MARK or not serves_tests(repo, site.path, Role.MOCKS):
        return None
    layer = layer_of(site, repo)
    stands = site.facts["stands"]
    replaced = stands if site.kind == PATCH else site.facts.get("patched", "")
    replaced = (layer and _taken_from_outside(replaced, site.path, repo)) or replaced
    if not layer or is_own(replaced) or (site.kind == LIBRARY and _is_of_project(stands, site.path, repo)):
        return None
    target = site.facts.get("target", "")
    if target and (why := patched.missing(target, site.path, repo)):
        return Advice(f"{layer}: {_what(site)}, but {why}: patch what is there, or nothing")
    return Advice(f"{layer}: {_what(site)}; {_instead(site, repo)}")


def questions(site: Site, repo: Repository) -> Iterator[tuple[str, str]]:
    """What must be known of other files: whether they hold what is replaced."""
    if site.facts.get("target") and layer_of(site, repo):
        yield from patched.questions(site.facts["target"], site.path, repo)


def _instead(site: Site, repo: Repository) -> str:
    stands = site.facts["stands"]
    if site.kind == PATCH and _is_of_project(stands, site.path, repo):
        parts = stands.split(".")
        named = parts[1:] if repo.modules.is_package(parts[0]) else parts
        near = ".".join(named[-3:])  # further up stand the names of packages
        service, outside = service_of(near), _taken_from_outside(stands, site.path, repo)
        if service or outside:
            return instead(service or service_of(outside), repo)
        return "that is the project's own code: let it run"
    return instead(service_of(stands), repo)


def _is_of_project(dotted: str, path: str, repo: Repository) -> bool:
    parts = dotted.split(".")
    folder = path.rpartition("/")[0]
    return any(repo.modules.find(".".join(parts[:count]), folder) for count in range(1, len(parts) + 1))


def _taken_from_outside(dotted: str, path: str, repo: Repository) -> str:
    """What a module of the project imports from elsewhere under the name; empty if it is its own."""
    parts, folder = dotted.split("."), path.rpartition("/")[0]
    for count in range(len(parts) - 1, 0, -1):
        if module := repo.modules.find(".".join(parts[:count]), folder):
            links = repo.scans.links_of(module)
            named = (fact.dotted for fact in (links.imports if links else ()) if fact.name == parts[count])
            return next((found for found in named if not _is_of_project(found, module, repo)), "")
    return ""


def _what(site: Site) -> str:
    name = site.facts.get("name") or site.facts["stands"]
    shown = name if len(name) <= _LONGEST else f"…{name[-_LONGEST:]}"
    if site.kind in (FAKE, LIBRARY):
        return f"{shown} pretends to be something real"
    if site.kind == PATCH:
        return f"{shown or 'something'} is replaced"
    return f"a mock stands for {shown}" if shown else "a mock is made"
