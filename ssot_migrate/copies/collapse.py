"""An import in the place of an exact copy: what speaks against it, what to look at."""

from __future__ import annotations

from collections.abc import Sequence

from ssot_migrate.copies.circles import circle
from ssot_migrate.copies.moving import brought_along, module_for
from ssot_migrate.edits import Edit
from ssot_migrate.index.data_files import may_be_data
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.tests_by_name import is_conftest, is_test_module
from ssot_migrate.model import Advice, Change, ImportRequest, Safety, Site


def collapse(site: Site, kept: Site, repo: Repository, drops: Sequence[str]) -> Change | Advice:
    """An import of ``kept`` in the place of its copy ``site``, or why there can be none.

    ``drops`` are names whose imports may go with the copy.
    """
    name, kept_name = site.facts["name"], kept.facts["name"]
    copied = f"an exact copy of {kept_name} at {kept.path}:{kept.line}"
    if reason := _obstacle(site, kept, repo):
        return Advice(f"{copied}: {reason}")
    start, _, end = site.facts["cut"].partition("-")
    request = ImportRequest(module_for(kept, site, repo), kept_name, alias="" if name == kept_name else name)
    doubt = _doubt(site, kept, repo)
    return Change(
        (Edit(int(start), int(end), ""),),
        safety=Safety.REVIEW if doubt else Safety.SAFE,
        note=copied + (f"; {doubt}" if doubt else ""),
        needs=(request,),
        drops=tuple(drops),
    )


def _obstacle(site: Site, kept: Site, repo: Repository) -> str:
    """Why no import can take the place of this copy; empty if nothing speaks against it."""
    if "cut" not in site.facts or "cut" not in kept.facts:
        return "not both are plain definitions of a module; give them one that is"
    if site.facts.get("comments"):
        return "its comments would be lost; remove it by hand"
    if is_conftest(kept.path):
        return "which no module can import; move it out of the conftest"
    if data := may_be_data(repo, site.path):
        return data
    if effect := kept.facts.get("effect"):
        return f"importing that module does more than define, see its {effect}"
    if site.path == kept.path:
        return "both in this file"
    if round_about := circle(site, kept, repo):
        return round_about
    return "" if module_for(kept, site, repo) else "nothing shows under which name this file could import it"


def _doubt(site: Site, kept: Site, repo: Repository) -> str:
    """What a person should look at before the copies become one; empty if nothing."""
    if state := site.facts.get("state") or kept.facts.get("state"):
        return f"both modules would share {state}"
    if made := site.facts.get("made"):
        return f"{made} may do more than its body says"
    if name := site.facts.get("patched"):
        return f"a test patches {name} in this module, which the definition would no longer see"
    if may_be_data(repo, kept.path):
        return "the definition that stays is in a folder that no test loads, as far as imports tell"
    if is_test_module(kept.path):
        return "the definition that stays is in a test module; a shared module would be a better home"
    return brought_along(site, kept, repo)
