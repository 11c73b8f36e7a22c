"""Which bases are copies of each other, which one of them stays, and whether it can serve for another."""

from __future__ import annotations

from ssot_migrate.index.cases import Cases
from ssot_migrate.index.classes import ClassRef, Resolved
from ssot_migrate.index.linear import Linearisation, name_of
from ssot_migrate.index.reach import spelling
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.tests_by_name import is_test_module
from ssot_migrate.model import Role, Site
from ssot_migrate.transforms.legacy_base_class.family import Family, keeps_order


def copies_of(site: Site, ref: ClassRef, repo: Repository) -> list[ClassRef]:
    """Every class of this shape on these very bases, the class itself among them."""
    if not site.key:
        return []
    found = (repo.class_at(peer.path, peer.facts["class"]) for peer in repo.peers(site.rule, site.key))
    same = [copy for copy in found if copy and _bases(copy, repo.cases) == _bases(ref, repo.cases)]
    return [copy for copy in same if copy.key not in repo.classes.redefined]


def _bases(ref: ClassRef, cases: Cases) -> list[str]:
    return [name_of(base) for base in cases.bases(ref)]


def original_of(site: Site, ref: ClassRef, repo: Repository) -> ClassRef | None:
    """The copy in the same service that the others should be aliases of; None if it is the class itself."""
    own = repo.service(ref.path)
    copies = [copy for copy in copies_of(site, ref, repo) if repo.service(copy.path) == own]

    def rank(copy: ClassRef) -> tuple[bool, int, int, str]:
        heirs = sum(1 for _ in repo.classes.below(copy))
        return is_test_module(copy.path), -heirs, len(copy.path), copy.key

    kept = min(copies, key=rank, default=ref)
    return None if kept.key == ref.key else kept


def obstacle(site: Site, ref: ClassRef, original: Resolved, repo: Repository) -> str:
    """Why no alias of ``original`` can take this definition's place; empty if one can."""
    if not repo.classes.subclasses.get(ref.key):
        return "nothing derives from it"
    if repo.target(Role.ALIAS) is None:
        return "the profile has no deprecated alias"
    if "comments" in site.facts:
        return "its comments would be lost"
    if any(settings.deprecations_fail for settings in repo.project.pytest.values()):
        return "an alias warns, and the pytest settings turn that into a failure"
    family = Family(ref, repo.cases)
    if any(name.startswith("test") or name == "runTest" for name in family.methods(ref)):
        return "it has tests, which would be collected under another id"
    if isinstance(original, ClassRef) and (reason := _unreachable(site, original, repo)):
        return reason
    after = _orders_with_alias(ref, original, repo.cases)
    before = repo.cases.order
    if all(keeps_order(before(heir) or (), after.of(heir)) for heir in family.members):
        return ""
    return "what derives from it would look methods up in another order"


def _unreachable(site: Site, original: ClassRef, repo: Repository) -> str:
    if is_test_module(original.path):
        return "both stand in test modules; a shared module would be a better home"
    if original.path == site.path:
        return "" if original.fact.line < site.line else "the other stands further down"
    if site.path in repo.imports.behind(original.path):
        return "that module imports this one"
    there = [peer for peer in repo.peers(site.rule, site.key) if peer.path == original.path]
    if any("busy" in peer.facts for peer in there):
        return "importing that module does more than define"
    return (
        "" if spelling(repo, original.path, site.path) else "it is not certain how this file could import it"
    )


def _orders_with_alias(ref: ClassRef, original: Resolved, cases: Cases) -> Linearisation:
    return cases.orders_with(lambda each: (original,) if each.key == ref.key else cases.replaced(each))
