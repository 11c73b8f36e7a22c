"""What becomes of a websocket client or helper of the tests' own."""

from __future__ import annotations

import msgspec

from ssot_migrate.copies.families import family_of
from ssot_migrate.copies.joining import join
from ssot_migrate.edits import Edit
from ssot_migrate.index.reach import importable, is_own, stands_behind
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.targets import Target
from ssot_migrate.index.tests_by_name import serves_tests
from ssot_migrate.languages.imports import placeholder
from ssot_migrate.model import Advice, Change, ImportRequest, Role, Safety, Site
from ssot_migrate.transform import Outcome
from ssot_migrate.transforms.websocket_helper.blocks import UTILITY
from ssot_migrate.transforms.websocket_helper.connections import CONNECT
from ssot_migrate.transforms.websocket_helper.openers import HELPER

CLAIM = "json-client"
_DIFFERS = "the utility waits 5 s at most, and what goes wrong is a WebSocketTestError"


def decide(site: Site, repo: Repository) -> Outcome:
    """Change, advice or nothing for one site."""
    if not serves_tests(repo, site.path, Role.WEBSOCKET):
        return None
    target = repo.target(Role.WEBSOCKET)
    if target and stands_behind(repo, target, site.path):
        return Advice("the websocket utility itself stands on this", exempt=True)
    if site.kind == HELPER:
        family = family_of(site, repo, Role.WEBSOCKET)
        return join(site, family.copies, repo) or family.advice(site, "a websocket helper")
    if is_own(repo, site.facts["means"], site.path):
        return None
    if target is None:
        return Advice("the profile's websocket utility is not in this repository; run `ssot-migrate init`")
    if "doubt" not in site.facts and "edits" in site.facts and CLAIM in target.claims:
        return _change(site, repo, target)
    return Advice(_reason(site, target))


def _change(site: Site, repo: Repository, target: Target) -> Change:
    request = ImportRequest(target.module, target.name)
    edits = msgspec.json.decode(site.facts["edits"], type=tuple[Edit, ...])
    reach = importable(repo, target, site.path)
    return Change(
        tuple(Edit(edit.start, edit.end, edit.text.replace(UTILITY, placeholder(request))) for edit in edits),
        safety=Safety.REVIEW,
        note=f"{_DIFFERS}; {reach}" if reach else _DIFFERS,
        needs=(request,),
        drops=tuple(name for name in (site.facts["root"], "json", "asyncio") if not _taken(name, site, repo)),
    )


def _taken(name: str, site: Site, repo: Repository) -> bool:
    taken = repo.imports.taken.get(site.path, frozenset())
    return "*" in taken or name in taken or site.path.endswith("/__init__.py")


def _reason(site: Site, target: Target) -> str:
    if doubt := site.facts.get("doubt"):
        return f"left alone: the name may mean {doubt} here"
    way = f"`async with {target.name}(url).connect() as client`" if target.has("connect") else target.name
    if site.facts["means"] not in CONNECT:
        return f"another library's client: {way} would serve, but offers other methods"
    reason = site.facts.get("reason") or f"{target.path} is not known to give a client for JSON"
    return f"{reason}; {way} is the one way to open a client{_outdated(site)}"


def _outdated(site: Site) -> str:
    """A word on an option that the library's present client does not know."""
    if "old" not in site.facts or site.facts["means"] != "websockets.connect":
        return ""
    return f" (and websockets.connect knows no {site.facts['old']} from websockets 14 on)"
