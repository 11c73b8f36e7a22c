"""Bases that say what another base says already: the copies become deprecated aliases of one."""

from __future__ import annotations

from collections.abc import Sequence

from ssot_migrate.index.cases import ROOTS
from ssot_migrate.index.classes import ClassRef
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.targets import Target
from ssot_migrate.languages.imports import placeholder
from ssot_migrate.model import Change, ImportRequest, Site
from ssot_migrate.transforms.legacy_base_class.aliasing import alias_of, alias_of_copy
from ssot_migrate.transforms.legacy_base_class.originals import copies_of, obstacle, original_of


def stand_in(site: Site, ref: ClassRef, repo: Repository) -> Target | ClassRef | None:
    """What a base says nothing beyond, if an alias of that may take its place."""
    kept = _target(ref, repo) if "empty" in site.facts else original_of(site, ref, repo)
    if kept is None:
        return None
    new = repo.cases.replaced(ref)[0] if isinstance(kept, Target) else kept
    return None if obstacle(site, ref, new, repo) else kept


def _target(ref: ClassRef, repo: Repository) -> Target | None:
    base, *others = repo.cases.bases(ref)
    alone = not others and isinstance(base, str) and base in ROOTS
    return repo.target(ROOTS[str(base)]) if alone else None


def aliased(site: Site, ref: ClassRef, care: Sequence[str], repo: Repository) -> Change | None:
    """The alias that may take the place of a base; None if it stays a class.

    ``care`` are the reasons why a person should look at the new base.
    """
    kept = stand_in(site, ref, repo)
    if isinstance(kept, Target):
        request = ImportRequest(kept.module, kept.name)
        note = f"adds nothing to {request.name}"
        return alias_of(site, ref, placeholder(request), repo, needs=(request,), note=note, care=care)
    return alias_of_copy(site, ref, kept, care, repo) if kept else None


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
