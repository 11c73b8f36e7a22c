"""Doubles that a product of the mock factory could stand for."""

from __future__ import annotations

from ssot_migrate.edits import Edit
from ssot_migrate.index.products import Product
from ssot_migrate.index.reach import importable
from ssot_migrate.index.repository import Repository
from ssot_migrate.languages.imports import placeholder
from ssot_migrate.model import Change, ImportRequest, Role, Safety, Site
from ssot_migrate.transforms.ad_hoc_mock.doubles import methods_of
from ssot_migrate.transforms.ad_hoc_mock.places import real_layer

_ENOUGH = 2


def by_factory(site: Site, repo: Repository) -> Change | None:
    """Calls of the factory in the place of the class, if its product has all that the class has.

    Only for review: the product answers as the factory is configured, not as this class's bodies do.
    """
    target = repo.target(Role.MOCKS)
    product = next((p for p in target.products if _fits(site, p)), None) if target else None
    if target is None or product is None or real_layer(site.path) or importable(repo, target, site.path):
        return None
    request = ImportRequest(target.module, target.name)
    made = f"{placeholder(request)}().{product.method}"
    calls = (part.partition("-") for part in site.facts["calls"].split())
    return Change(
        tuple(Edit(int(start), int(end), made) for start, _, end in calls),
        safety=Safety.REVIEW,
        note=f"{site.facts['name']}: {product.method} offers all that it has; the answers are the factory's",
        needs=(request,),
    )


def _fits(site: Site, product: Product) -> bool:
    """Whether the class is used by plain constructor calls alone and has nothing that the product lacks."""
    if not site.facts.get("calls") or site.facts["others"] != "0" or site.facts.get("bases"):
        return False
    if not product.parameters.issuperset(site.facts["keywords"].split()) or product.required:
        return False
    methods = methods_of(site)
    if any(name.startswith("__") and name != "__init__" for name in methods):
        return False
    wanted = dict.fromkeys(site.facts["values"].split(), "value")
    wanted |= {method.name: method.kind for method in methods.values()}
    public = {name: kind for name, kind in wanted.items() if not name.startswith("_")}
    return len(public) >= _ENOUGH and public.items() <= product.offers.items()
