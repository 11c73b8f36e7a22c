"""What becomes of a double: one definition for exact copies, the factory's product, or a word on its like."""

from __future__ import annotations

from collections.abc import Sequence

from ssot_migrate.edits import Edit
from ssot_migrate.index.repository import Repository
from ssot_migrate.model import Advice, Change, ImportRequest, Safety, Site
from ssot_migrate.transform import Outcome
from ssot_migrate.transforms.ad_hoc_mock.advice import standing
from ssot_migrate.transforms.ad_hoc_mock.clusters import Doubles, doubles_of
from ssot_migrate.transforms.ad_hoc_mock.moving import brought_along, module_for
from ssot_migrate.transforms.ad_hoc_mock.places import is_conftest, is_test_module
from ssot_migrate.transforms.ad_hoc_mock.products import by_factory
from ssot_migrate.transforms.ad_hoc_mock.takers import droppable


def decide_double(site: Site, repo: Repository) -> Outcome:
    """Change, advice or nothing for one class."""
    doubles = doubles_of(repo, site.rule)
    if site not in doubles:
        return None
    copies = [peer for peer in repo.peers(site.rule, site.key) if peer in doubles]
    same_name = [peer for peer in copies if peer.facts["name"] == site.facts["name"]]
    near = [peer for peer in same_name if repo.service(peer.path) == repo.service(site.path)]
    kept = canonical(near, doubles)
    if kept is not site:
        return _collapse(site, kept, repo)
    return by_factory(site, repo) or Advice(standing(site, copies, near, doubles))


def canonical(copies: Sequence[Site], doubles: Doubles) -> Site:
    """The copy that stays: in a shared module before a test module, then the most imported, then by path."""

    def order(site: Site) -> tuple[bool, bool, int, str, int]:
        own = is_test_module(site.path) or is_conftest(site.path)
        imported = doubles.importers.get((site.path, site.facts["name"]), 0)
        return "cut" not in site.facts, own, -imported, site.path, site.span.start

    return min(copies, key=order)


def _collapse(site: Site, kept: Site, repo: Repository) -> Outcome:
    name, at = site.facts["name"], f"{kept.path}:{kept.line}"
    if reason := _obstacle(site, kept, repo):
        return Advice(f"an exact copy of {name} at {at}: {reason}")
    start, _, end = site.facts["cut"].partition("-")
    request = ImportRequest(module_for(kept, site, repo), name)
    doubt = _doubt(site, kept, repo)
    return Change(
        (Edit(int(start), int(end), ""),),
        safety=Safety.REVIEW if doubt else Safety.SAFE,
        note=f"an exact copy of {name} at {at}" + (f"; {doubt}" if doubt else ""),
        needs=(request,),
        drops=droppable(site, site.facts["imports"].split(), repo),
    )


def _obstacle(site: Site, kept: Site, repo: Repository) -> str:
    """Why no import can take the place of this copy; empty if nothing speaks against it."""
    if "cut" not in site.facts or "cut" not in kept.facts:
        return "not both are plain definitions of a module; give them one that is"
    if site.facts.get("comments"):
        return "its comments would be lost; remove it by hand"
    if is_conftest(kept.path):
        return "which no module can import; move it out of the conftest"
    if effect := kept.facts.get("effect"):
        return f"importing that module does more than define, see its {effect}"
    if site.path == kept.path:
        return "both in this file"
    if site.path in repo.imports.behind(kept.path):
        return "that module imports this one"
    return "" if module_for(kept, site, repo) else "nothing shows under which name this file could import it"


def _doubt(site: Site, kept: Site, repo: Repository) -> str:
    """What a person should look at before the copies become one class; empty if nothing."""
    if state := site.facts.get("state") or kept.facts.get("state"):
        return f"both modules would share {state}"
    if made := site.facts.get("made"):
        return f"{made} may do more than its body says"
    if name := site.facts.get("patched"):
        return f"a test patches {name} in this module, which the class would no longer see"
    if is_test_module(kept.path):
        return "the definition that stays is in a test module; a shared module would be a better home"
    if doubt := brought_along(site, kept, repo):
        return doubt
    if any(s.rule != site.rule and site.span.covers(s.span) for s in repo.scans[site.path].sites):
        return "another migration changes code inside it"
    return ""
