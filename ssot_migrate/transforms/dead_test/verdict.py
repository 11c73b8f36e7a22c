"""What the repository says of a test that may be dead: certain, or nothing is said."""

from __future__ import annotations

import re

from ssot_migrate.index.cases import Kind
from ssot_migrate.index.classes import ClassRef
from ssot_migrate.index.collection import is_collected
from ssot_migrate.index.repository import Repository
from ssot_migrate.model import Advice, Site
from ssot_migrate.transform import Outcome
from ssot_migrate.transforms.dead_test.backups import BACKUP, live
from ssot_migrate.transforms.dead_test.collecting import NO_CASES, OWN_COLLECTION, UNCOLLECTED
from ssot_migrate.transforms.dead_test.commented import COMMENTED
from ssot_migrate.transforms.dead_test.places import ASYNC_HOOKS, UNITTEST_HOOKS
from ssot_migrate.transforms.dead_test.shadowed import NESTED, SHADOWED
from ssot_migrate.transforms.dead_test.targets import MISSING, missing
from ssot_migrate.transforms.dead_test.twins import ASIDE, TWIN, aside, copied
from ssot_migrate.transforms.dead_test.unawaited import HOOK, UNAWAITED, UNMARKED

# A class with one of these may run its tests in a way of its own.
_RUNNERS = frozenset(
    {"run", "__call__", "_callTestMethod", "__init_subclass__", "__getattribute__", "__new__"}
)
# A class of such a name holds tests for others to inherit.
_ABSTRACT = re.compile(r"Mixin|Base(?=[A-Z_]|$)|Abstract|^_")


def decide(site: Site, repo: Repository) -> Outcome:
    """Advice with what to do, or nothing where the test may run after all."""
    if site.kind == MISSING:
        why = missing(site, repo)
    elif site.kind == BACKUP:
        why = live(site, repo)
    elif site.kind == ASIDE:
        why = aside(site, repo)
    elif site.kind == TWIN:
        why = copied(site, repo)
    elif site.kind in (SHADOWED, NESTED, NO_CASES, COMMENTED):
        why = site.facts["why"] if _is_test_file(site, repo) else ""
    elif site.kind == UNAWAITED:
        why = site.facts["why"] if _awaits_nothing(site, repo) else ""
    elif site.kind == UNMARKED:
        why = site.facts["why"] if _is_strict(site, repo) else ""
    elif site.kind == HOOK:
        why = _uncalled(site, repo)
    else:
        why = _uncollected(site, repo) if site.kind == UNCOLLECTED else ""
    return Advice(why) if why else None


def _is_test_file(site: Site, repo: Repository) -> bool:
    return any(settings.is_test_file(site.path) for settings in repo.project.pytest_of(site.path).values())


def _line(site: Site, repo: Repository, name: str = "") -> list[ClassRef] | None:
    """The class of a site and those above it; None if one of them is not of this repository."""
    ref = repo.class_at(site.path, name or site.facts.get("class", ""))
    if ref is None:
        return None
    above = [base for base in repo.classes.ancestors(ref) if base not in ("object", "abc.ABC")]
    return (
        [ref, *(base for base in above if isinstance(base, ClassRef))]
        if all(isinstance(b, ClassRef) for b in above)
        else None
    )


def _awaits_nothing(site: Site, repo: Repository) -> bool:
    ref = repo.class_at(site.path, site.facts.get("class", ""))
    if ref is None or repo.cases.kind(ref) is not Kind.SYNC:
        return False
    line = [ref, *(base for base in repo.classes.ancestors(ref) if isinstance(base, ClassRef))]
    own = (
        base
        for base in line
        if (base.path, base.fact.name) not in {(t.path, t.name) for t in repo.targets.values()}
    )
    return not any(
        base.fact.keywords or base.fact.decorators or _RUNNERS & {m.name for m in base.fact.methods}
        for base in own
    )


def _is_strict(site: Site, repo: Repository) -> bool:
    """Whether nothing but a mark makes pytest await a test of this file."""
    if any(settings.asyncio_auto for settings in repo.project.pytest_of(site.path).values()):
        return False
    hooks = repo.peers(site.rule, OWN_COLLECTION)
    if any(site.path.startswith(hook.path.rpartition("/")[0]) for hook in hooks):
        return False
    return is_collected(repo, site.path, site.facts.get("class", ""), site.facts["name"])


def _uncalled(site: Site, repo: Repository) -> str:
    name, is_async = site.facts["name"], site.facts["async"]
    ref = repo.class_at(site.path, site.facts.get("class", ""))
    if ref is None:
        return ""
    kind = repo.cases.kind(ref)
    if kind is Kind.SYNC and name in ASYNC_HOOKS:
        return f"only IsolatedAsyncioTestCase calls {name}, and this is a plain TestCase: derive from that"
    if kind in (Kind.SYNC, Kind.ASYNC) and name in UNITTEST_HOOKS and is_async:
        return f"nobody awaits {name}, so nothing in it runs: make it asyncSetUp or asyncTearDown"
    if kind is not Kind.NONE or not site.facts["tests"] or not _collects(ref, repo):
        return ""
    if name in UNITTEST_HOOKS or name in ASYNC_HOOKS:
        bases = _line(site, repo)
        if bases is None or any(repo.mentions(base.path, name) is not False for base in bases[1:]):
            return ""
        return f"pytest calls no {name} in a class that is no TestCase: call it {_PYTEST_NAMES[name]}"
    return (
        f"pytest does not await {name}, so nothing in it runs: make it an async fixture" if is_async else ""
    )


_PYTEST_NAMES = {
    "setUp": "setup_method",
    "tearDown": "teardown_method",
    "setUpClass": "setup_class",
    "tearDownClass": "teardown_class",
    "asyncSetUp": "setup_method",
    "asyncTearDown": "teardown_method",
}


def _collects(ref: ClassRef, repo: Repository) -> bool:
    """Whether pytest collects the class by its name, and no subclass uses it as a unittest case."""
    heirs = [ref, *repo.classes.below(ref)]
    if any(repo.cases.kind(heir) is not Kind.NONE for heir in heirs):
        return False
    tests = [method.name for method in ref.fact.methods if method.name.startswith("test")]
    return any(is_collected(repo, ref.path, ref.fact.name, test) for test in tests)


def questions_of_hooks(site: Site, repo: Repository) -> list[tuple[str, str]]:
    """Whether a base of the hook's class speaks of the hook."""
    line = _line(site, repo) if site.facts["bases"] != "0" else None
    return [(base.path, site.facts["name"]) for base in (line or [])[1:]]


def _uncollected(site: Site, repo: Repository) -> str:
    name = ".".join(filter(None, (site.facts.get("class", ""), site.facts["name"])))
    ref, line = repo.class_at(site.path, name), _line(site, repo, name)
    if ref is None or line is None or not _is_test_file(site, repo) or repo.cases.kind(ref) is not Kind.NONE:
        return ""
    taken = repo.imports.taken.get(site.path, frozenset())
    if any(repo.classes.below(ref)) or taken & {site.facts["name"], "*"}:
        return ""
    named = any(s.is_test_class(site.facts["name"]) for s in repo.project.pytest_of(site.path).values())
    tests = site.facts["tests"]
    if "unbound" in site.facts:
        unbound = site.facts["unbound"]
        return (
            unbound and f"a helper that nobody calls by this name, and nothing defines {unbound}: is it this?"
        )
    if named and site.facts["init"]:
        return (
            f"pytest passes over a class with __init__, so its tests ({tests}) do not run: use setup_method"
        )
    if named:
        return ""
    if _ABSTRACT.search(site.facts["name"]):
        return f"no class derives from it, so its tests ({tests}) do not run: derive from it, or delete it"
    wanted = sorted({p for s in repo.project.pytest_of(site.path).values() for p in s.python_classes})
    return f"pytest collects classes called {', '.join(wanted)}, so its tests ({tests}) do not run: rename it"
