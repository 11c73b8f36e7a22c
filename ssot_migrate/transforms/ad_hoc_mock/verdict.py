"""What becomes of a call that makes a standard mock: the order of questions that each must answer."""

from __future__ import annotations

from ssot_migrate.edits import Edit
from ssot_migrate.index.reach import importable, stands_behind
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.targets import Target
from ssot_migrate.index.tests_by_name import serves_tests
from ssot_migrate.languages.imports import placeholder
from ssot_migrate.model import Advice, Change, ImportRequest, Role, Safety, Site
from ssot_migrate.transform import Outcome
from ssot_migrate.transforms.ad_hoc_mock.layers import POLICY, layer_of, layers_of
from ssot_migrate.transforms.ad_hoc_mock.mentions import PATCH
from ssot_migrate.transforms.ad_hoc_mock.names import METHODS, STANDARD
from ssot_migrate.transforms.ad_hoc_mock.takers import droppable

_LIBRARIES = ("mock", "asynctest", "asyncmock", "flexmock", "pytest_mock")


def decide_creation(site: Site, repo: Repository) -> Outcome:
    """Change, advice or nothing for one call."""
    target = repo.target(Role.MOCKS)
    if target is None:
        return Advice("the profile's mock factory is not in this repository; run `ssot-migrate init`")
    if stands_behind(repo, target, site.path):
        return Advice("the mock factory itself stands on this module", exempt=True)
    made = _made(site, repo)
    if made is None:
        return None
    if POLICY in repo.rules and layer_of(site, repo):
        return Advice(f"{POLICY} speaks of it", exempt=True)
    reason = _unclear(site, made) or _unwanted(site, repo) or _lacking(made, target)
    if reason:
        return Advice(reason)
    return _change(site, repo, target, METHODS[made.rpartition(".")[2]])


def _made(site: Site, repo: Repository) -> str | None:
    """The dotted class that the call makes an instance of; None if it is one of the repository's own."""
    means = site.facts["means"]
    if not means or means.startswith(f"{STANDARD}.") or STANDARD in site.facts.get("doubt", ""):
        return means
    found = repo.resolve(means, site.path)
    return found if isinstance(found, str) else None


def _unclear(site: Site, made: str) -> str:
    if doubt := site.facts.get("doubt"):
        return f"left alone: {doubt}"
    if made.startswith(f"{STANDARD}.") and made.rpartition(".")[2] in METHODS:
        return ""
    if made.startswith("?"):
        return f"left alone: it comes from elsewhere, where it may be one of two things, {made[1:]}"
    if made.partition(".")[0] in _LIBRARIES:
        return f"{made} is not the standard library's; import it from {STANDARD} first"
    return f"nothing shows that {made} is {STANDARD}'s"


def _unwanted(site: Site, repo: Repository) -> str:
    """Why the mock policy, or another site, speaks against a call of the factory here."""
    if not serves_tests(repo, site.path, Role.MOCKS):
        return "by its name and folder no test code: give it a double of its own, or move it to the tests"
    if layer := layer_of(site, repo):
        return f"{layer}: the mock policy wants the real service here; the factory refuses in marked tests"
    if patch := _patched(site, repo):
        return f"{patch.path}:{patch.line} patches this name, so the call must go on through it"
    if "\n" in site["callee"].text:
        return "the name of the class is spread over lines"
    return ""


def _patched(site: Site, repo: Repository) -> Site | None:
    """The string by which some test replaces what this call goes through."""
    own = site.path.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
    for patch in repo.peers(site.rule, PATCH):
        owner, _, name = patch.facts["target"].rpartition(".")
        if name != site["callee"].text.rpartition(".")[2]:
            continue
        if patch.path == site.path or f".{own}".endswith(f".{owner}"):
            return patch
    return None


def _lacking(made: str, target: Target) -> str:
    method = METHODS[made.rpartition(".")[2]]
    return "" if target.has(method) else f"{target.name}() offers no {method}"


def _change(site: Site, repo: Repository, target: Target, method: str) -> Change:
    request = ImportRequest(target.module, target.name, like=int(site.facts.get("like", "-1")))
    span = site["callee"].span
    note = importable(repo, target, site.path)
    if not note and "same-type" not in target.claims:
        note = f"{target.path} is not known to return exactly what {STANDARD} would"
    note = note or layers_of(repo, site.rule).shared(site)
    return Change(
        (Edit(span.start, span.end, f"{placeholder(request)}().{method}"),),
        safety=Safety.REVIEW if note else Safety.SAFE,
        note=note,
        needs=(request,),
        drops=droppable(site, site.facts.get("root", "").split(), repo),
    )
