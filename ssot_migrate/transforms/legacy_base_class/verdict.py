"""What becomes of a class statement: the order of questions that every one must answer."""

from __future__ import annotations

from collections.abc import Sequence

from ssot_migrate.edits import Edit
from ssot_migrate.index.cases import ROOTS, Kind, is_case
from ssot_migrate.index.classes import ClassRef, Resolved
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.targets import Target
from ssot_migrate.languages.imports import placeholder
from ssot_migrate.model import Advice, Change, ImportRequest, Safety, Site
from ssot_migrate.transform import Outcome
from ssot_migrate.transforms.legacy_base_class import duplicates, heirs
from ssot_migrate.transforms.legacy_base_class.aliasing import droppable, serves_others
from ssot_migrate.transforms.legacy_base_class.family import Family, added_names, foreign
from ssot_migrate.transforms.legacy_base_class.place import of_place

_ADVICE = {
    "made": "a class made by a call: give it a class statement, or the new base by hand",
    "function-case": "FunctionTestCase has no counterpart: make the function a method of a test class",
}
_COMPUTED = "a base is computed: what it derives from can only be changed where it is made"


def decide(site: Site, repo: Repository) -> Outcome:
    """Change, advice or nothing for one site."""
    if site.kind in _ADVICE:
        return Advice(_ADVICE[site.kind])
    if any(site.path == target.path for target in repo.cases.targets.values()):
        return None
    ref = _statement(site, repo)
    if ref is None:
        return None
    if "computed" in site.facts:
        return Advice(_COMPUTED)
    bases = repo.cases.bases(ref)
    if any(base in ROOTS for base in bases):
        return _on_unittest(site, ref, bases, repo)
    return _elsewhere(site, ref, bases, repo)


def _statement(site: Site, repo: Repository) -> ClassRef | None:
    facts = (
        f for f in repo.scans[site.path].classes if f.line == site.line and f.name == site.facts["class"]
    )
    fact = next(facts, None)
    return ClassRef(site.path, fact) if fact else None


# -- classes without unittest's own base -----------------------------------------------------------


def _elsewhere(site: Site, ref: ClassRef, bases: tuple[Resolved, ...], repo: Repository) -> Outcome:
    for base in bases:
        if isinstance(base, str) and (reason := _reason(base, site, repo)):
            return Advice(reason)
    if repo.cases.kind(ref) not in (Kind.SYNC, Kind.ASYNC):
        return None
    change = duplicates.aliased(site, ref, (), repo) or heirs.moved_on(site, ref, repo, decide)
    notes = () if change else duplicates.kin(site, ref, repo)
    return change or (Advice(notes[0]) if notes else None)


def _reason(base: str, site: Site, repo: Repository) -> str:
    """Why a base from outside the repository needs a person's eye; empty if it is none of our concern."""
    kind = repo.cases.kind(base)
    if kind is Kind.DOUBT and (site.hits or base.endswith("TestCase")):
        return f"stands on {foreign(base)}"
    if kind is Kind.FOREIGN:
        return f"a test case of {base.partition('.')[0]} ({base}), which has set-up and tests of its own"
    function = kind is Kind.SYNC and not repo.cases.is_target(base)
    return _ADVICE["function-case"] if function else ""


# -- classes on unittest's own base ----------------------------------------------------------------


def _on_unittest(site: Site, ref: ClassRef, bases: tuple[Resolved, ...], repo: Repository) -> Outcome:
    targets = {base: repo.target(ROOTS[base]) for base in bases if isinstance(base, str) and base in ROOTS}
    for base, target in targets.items():
        if reason := _unfit(base, target):
            return Advice(reason)
    found = [target for target in targets.values() if target]
    if ref.fact.local:
        return Advice("a test case made inside a function: whoever runs it may look at its bases")
    added = frozenset(name for target in found for name in added_names(target.offers))
    against, care = Family(ref, repo.cases).judge(added)
    if against:
        return Advice(against)
    care = (*of_place(site, found, repo), *care)
    return duplicates.aliased(site, ref, care, repo) or _rebased(site, ref, targets, care, repo)


def _unfit(base: str, target: Target | None) -> str:
    if target is None:
        return f"the profile has no base for {base} in this repository; run `ssot-migrate init`"
    if not is_case(target):
        return f"{target.name} is no unittest.TestCase: set-up, assertions and test ids would change"
    return ""


def _rebased(
    site: Site, ref: ClassRef, targets: dict[str, Target | None], care: Sequence[str], repo: Repository
) -> Outcome:
    edits, needs, roots = [], [], []
    for place, base in enumerate(repo.cases.bases(ref)):
        target = targets.get(base) if isinstance(base, str) else None
        if target is None:
            continue
        capture = site.captures.get(f"base{place}")
        if capture is None:
            return Advice(_COMPUTED)
        needs.append(ImportRequest(target.module, target.name))
        edits.append(Edit(capture.span.start, capture.span.end, placeholder(needs[-1])))
        roots.append(site.facts["roots"].split(" ")[place])
    notes = [*care, *duplicates.kin(site, ref, repo)]
    return Change(
        tuple(edits),
        safety=Safety.REVIEW if care else Safety.SAFE,
        note="; ".join(notes),
        needs=tuple(dict.fromkeys(needs)),
        drops=droppable(roots, site.path, repo),
        provides=(f"class:{ref.key}",),
        shared=serves_others(ref, repo),
    )
