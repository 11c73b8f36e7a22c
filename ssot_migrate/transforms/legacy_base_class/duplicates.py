"""Bases that say what another base says already: the copies become deprecated aliases of one."""

from __future__ import annotations

from collections.abc import Sequence

from ssot_migrate.index.classes import ClassRef
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.targets import Target
from ssot_migrate.languages.imports import placeholder
from ssot_migrate.model import Advice, Change, ImportRequest, Site
from ssot_migrate.transform import Outcome
from ssot_migrate.transforms.legacy_base_class.aliasing import alias_of, alias_of_copy
from ssot_migrate.transforms.legacy_base_class.originals import copies_of, obstacle, original_of


def aliased(
    site: Site, ref: ClassRef, targets: Sequence[Target], care: Sequence[str], repo: Repository
) -> Change | None:
    """The alias that may take the place of a base on unittest's own case; None if it stays a class.

    ``care`` are the reasons why a person should look at the new base.
    """
    if "empty" in site.facts and len(targets) == len(ref.fact.bases) == 1:
        (base,) = repo.cases.replaced(ref)
        if obstacle(site, ref, base, repo):
            return None
        request = ImportRequest(targets[0].module, targets[0].name)
        note = f"adds nothing to {request.name}"
        return alias_of(site, ref, placeholder(request), repo, needs=(request,), note=note, care=care)
    kept = original_of(site, ref, repo)
    if kept is None or obstacle(site, ref, kept, repo):
        return None
    return alias_of_copy(site, ref, kept, care, repo)


def derived(site: Site, ref: ClassRef, repo: Repository) -> Outcome:
    """What becomes of a base that stands on another base of the repository."""
    kept = original_of(site, ref, repo)
    if kept is not None and not obstacle(site, ref, kept, repo):
        return alias_of_copy(site, ref, kept, (), repo)
    notes = kin(site, ref, repo)
    return Advice(notes[0]) if notes else None


def kin(site: Site, ref: ClassRef, repo: Repository) -> list[str]:
    """What to say of a base that has copies and stays a class all the same."""
    copies = [copy for copy in copies_of(site, ref, repo) if copy.key != ref.key]
    if not copies or not repo.classes.subclasses.get(ref.key):
        return []
    kept = original_of(site, ref, repo)
    if kept is not None:
        return [f"a copy of {kept.fact.name} in {kept.path}: {obstacle(site, ref, kept, repo)}"]
    own = repo.service(ref.path)
    others = [copy for copy in copies if repo.service(copy.path) != own]
    if not others:
        return []
    there = f"{others[0].fact.name} in {others[0].path}"
    return [f"{ref.fact.name} of {own} and {there} say the same; one shared module could hold it"]
