"""Bases that say what another base says already: the copies become deprecated aliases of one."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from ssot_migrate.edits import Edit
from ssot_migrate.index.cases import ROOTS, Cases
from ssot_migrate.index.classes import ClassRef, Resolved
from ssot_migrate.index.linear import Linearisation
from ssot_migrate.index.reach import is_test_module, spelling
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.targets import Target
from ssot_migrate.languages.imports import MARK, placeholder
from ssot_migrate.model import Advice, Change, ImportRequest, Role, Safety, Site
from ssot_migrate.transform import Outcome
from ssot_migrate.transforms.legacy_base_class.family import Family, keeps_order

_WIDTH = 100
_TELLING = ("unittest", "TestCase", "IsolatedAsyncioTestCase")
_PLACEHOLDER = re.compile(f"{MARK}[^{MARK}:]*:([^{MARK}]*){MARK}")


def aliased(
    site: Site, ref: ClassRef, targets: Sequence[Target], care: Sequence[str], repo: Repository
) -> Change | None:
    """The alias that may take the place of a base on unittest's own case; None if it stays a class.

    ``care`` are the reasons why a person should look at the new base.
    """
    if "empty" in site.facts and len(targets) == len(ref.fact.bases) == 1:
        (base,) = repo.cases.replaced(ref)
        if _obstacle(site, ref, base, repo):
            return None
        request = ImportRequest(targets[0].module, targets[0].name)
        note = f"adds nothing to {request.name}"
        return _alias(site, ref, placeholder(request), repo, needs=(request,), note=note, care=care)
    kept = _original(site, ref, repo)
    return None if kept is None or _obstacle(site, ref, kept, repo) else _copy(site, ref, kept, care, repo)


def derived(site: Site, ref: ClassRef, repo: Repository) -> Outcome:
    """What becomes of a base that stands on another base of the repository."""
    kept = _original(site, ref, repo)
    if kept is not None and not _obstacle(site, ref, kept, repo):
        return _copy(site, ref, kept, (), repo)
    notes = kin(site, ref, repo)
    return Advice(notes[0]) if notes else None


def kin(site: Site, ref: ClassRef, repo: Repository) -> list[str]:
    """What to say of a base that has copies and stays a class all the same."""
    copies = [copy for copy in _copies(site, ref, repo) if copy.key != ref.key]
    if not copies or not repo.classes.subclasses.get(ref.key):
        return []
    kept = _original(site, ref, repo)
    if kept is not None:
        return [f"a copy of {kept.fact.name} in {kept.path}: {_obstacle(site, ref, kept, repo)}"]
    own = repo.service(ref.path)
    others = [copy for copy in copies if repo.service(copy.path) != own]
    if not others:
        return []
    there = f"{others[0].fact.name} in {others[0].path}"
    return [f"{ref.fact.name} of {own} and {there} say the same; one shared module could hold it"]


def droppable(names: Iterable[str], path: str, repo: Repository) -> tuple[str, ...]:
    """Those local names of test cases whose import no other file takes from this one.

    Only files whose text speaks of test cases are sure to have been read, so that another
    name for one may be taken from any module but a test's.
    """
    known = (name for name in names if name in _TELLING or is_test_module(path))
    return repo.imports.untaken(known, path)


def serves_others(ref: ClassRef, repo: Repository) -> bool:
    """Whether classes of other services derive from this one."""
    own = repo.service(ref.path)
    return any(repo.service(heir.path) != own for heir in repo.classes.below(ref))


# -- copies and the original -----------------------------------------------------------------------


def _copies(site: Site, ref: ClassRef, repo: Repository) -> list[ClassRef]:
    """Every class of this shape on these very bases, the class itself among them."""
    if not site.key:
        return []
    found = (repo.class_at(peer.path, peer.facts["class"]) for peer in repo.peers(site.rule, site.key))
    same = [copy for copy in found if copy and _bases(copy, repo.cases) == _bases(ref, repo.cases)]
    return [copy for copy in same if copy.key not in repo.classes.redefined]


def _bases(ref: ClassRef, cases: Cases) -> list[str]:
    return [base.key if isinstance(base, ClassRef) else base for base in cases.bases(ref)]


def _original(site: Site, ref: ClassRef, repo: Repository) -> ClassRef | None:
    """The copy in the same service that the others should be aliases of; None if it is the class itself."""
    own = repo.service(ref.path)
    copies = [copy for copy in _copies(site, ref, repo) if repo.service(copy.path) == own]

    def rank(copy: ClassRef) -> tuple[bool, int, int, str]:
        heirs = sum(1 for _ in repo.classes.below(copy))
        return is_test_module(copy.path), -heirs, len(copy.path), copy.key

    kept = min(copies, key=rank, default=ref)
    return None if kept.key == ref.key else kept


def _obstacle(site: Site, ref: ClassRef, original: Resolved, repo: Repository) -> str:
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


# -- the alias -------------------------------------------------------------------------------------


def _copy(site: Site, ref: ClassRef, kept: ClassRef, care: Sequence[str], repo: Repository) -> Change | None:
    """The alias of another class of the repository."""
    elsewhere = kept.path != site.path
    request = ImportRequest(spelling(repo, kept.path, site.path), kept.fact.name) if elsewhere else None
    legacy = any(base in ROOTS for base in repo.cases.bases(kept))
    if elsewhere and "patchable" in site.facts:
        care = (*care, f"a test may patch {site.facts['patchable']} in this module")
    return _alias(
        site,
        ref,
        placeholder(request) if request else kept.fact.name,
        repo,
        needs=(request,) if request else (),
        requires=(f"class:{kept.key}",) if legacy else (),
        care=care,
        note=f"a copy of {kept.fact.name} in {kept.path}",
    )


def _alias(
    site: Site,
    ref: ClassRef,
    original: str,
    repo: Repository,
    *,
    needs: tuple[ImportRequest, ...],
    note: str,
    care: Sequence[str],
    requires: tuple[str, ...] = (),
) -> Change | None:
    target = repo.target(Role.ALIAS)
    if target is None:
        return None
    maker = ImportRequest(target.module, target.name)
    start, _, end = site.facts["whole"].partition("-")
    text = _statement(site, ref, placeholder(maker), original, repo)
    roots, uses = site.facts["roots"].split(), site.facts.get("uses", "").split()
    return Change(
        (Edit(int(start), int(end), text),),
        safety=Safety.REVIEW if care else Safety.SAFE,
        note="; ".join((note, *care)),
        needs=(maker, *needs),
        drops=(*droppable(roots, site.path, repo), *repo.imports.untaken(uses, site.path)),
        requires=requires,
        provides=(f"class:{ref.key}",),
        shared=serves_others(ref, repo),
    )


def _statement(site: Site, ref: ClassRef, maker: str, original: str, repo: Repository) -> str:
    """``Name = deprecated_alias("Name", Original, …)``, on one line if that is short."""
    name, term = ref.fact.name, repo.term(site.path)
    dates = {"owner": term.owner, "since": term.since, "until": term.until}
    arguments = [_quoted(name), original, *(f"{key}={_quoted(value)}" for key, value in dates.items())]
    line = f"{name} = {maker}({', '.join(arguments)})"
    if len(_PLACEHOLDER.sub(r"\1", line)) <= _WIDTH:
        return line
    newline = "\r\n" if "crlf" in site.facts else "\n"
    return newline.join((f"{name} = {maker}(", *(f"    {argument}," for argument in arguments), ")"))


def _quoted(text: str) -> str:
    """A string literal, in ASCII whatever the text."""
    return (
        f'"{text}"' if text.isascii() and text.isprintable() and not set('"\\') & set(text) else ascii(text)
    )
