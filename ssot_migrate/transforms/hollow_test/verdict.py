"""What the repository says of a hollow test: whether it is a test at all, and whether others check for it."""

from __future__ import annotations

from ssot_migrate.index.cases import ASYNC, PLAIN
from ssot_migrate.index.classes import ClassRef
from ssot_migrate.index.collection import is_collected
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.tests_by_name import is_test_code
from ssot_migrate.model import Advice, Site
from ssot_migrate.transform import Outcome

_TEARDOWNS = frozenset(
    {"tearDown", "teardown_method", "asyncTearDown", "teardown", "doCleanups", "run", "setUp"}
)
_SILENT_BASES = frozenset({PLAIN, ASYNC, "object", "unittest.case.TestCase", "abc.ABC"})


def decide(site: Site, repo: Repository, whole: frozenset[str]) -> Outcome:
    """Advice with what to do, or nothing where the test may fail after all."""
    if not is_collected(repo, site.path, site.facts.get("class", ""), site.facts["test"]):
        return None
    if site.kind in whole and (_checked_above(site, repo) or _checked_elsewhere(site, repo)):
        return None
    return Advice(site.facts["why"])


def _checked_above(site: Site, repo: Repository) -> bool:
    """Whether a base of the test's class may check for it, or has the test that this one switches off."""
    ref = repo.class_at(site.path, site.facts.get("class", ""))
    if ref is None:
        return bool(site.facts.get("class"))
    for base in repo.classes.ancestors(ref):
        if isinstance(base, ClassRef):
            names = {method.name for method in base.fact.methods}
            if site.facts["test"] in names or (names & _TEARDOWNS and not _is_target(base, repo)):
                return True
        elif base not in _SILENT_BASES and not _names_target(base, repo):
            return True
    return False


def _is_target(base: ClassRef, repo: Repository) -> bool:
    return any((base.path, base.fact.name) == (t.path, t.name) for t in repo.targets.values())


def _names_target(base: str, repo: Repository) -> bool:
    return any(base == f"{target.module}.{target.name}" for target in repo.targets.values())


def _checked_elsewhere(site: Site, repo: Repository) -> bool:
    """Whether the test calls what other test code defines, which may hold assertions."""
    folder = site.path.rpartition("/")[0]
    for dotted in site.facts.get("calls", "").split():
        parts = dotted.split(".")
        prefixes = (".".join(parts[:count]) for count in range(len(parts), 0, -1))
        found = next((file for prefix in prefixes if (file := repo.modules.find(prefix, folder))), None)
        if (found and is_test_code(found)) or any(part.startswith("test") for part in parts):
            return True
    return False
