"""What a test class stands on, now or once the plan's base-class changes are made."""

from __future__ import annotations

from typing import NamedTuple

from ssot_migrate.index.classes import ClassRef
from ssot_migrate.index.repository import Repository
from ssot_migrate.model import Role

_ROOTS = {
    "unittest.TestCase": Role.BASE_CASE,
    "unittest.case.TestCase": Role.BASE_CASE,
    "unittest.IsolatedAsyncioTestCase": Role.ASYNC_BASE_CASE,
    "unittest.async_case.IsolatedAsyncioTestCase": Role.ASYNC_BASE_CASE,
}
BASE_RULE = "legacy-base-class"


class Standing(NamedTuple):
    """A class on the SSOT base; ``requires`` are the promised changes that put it there."""

    requires: tuple[str, ...]


def standing(repo: Repository, path: str, name: str, method: str = "") -> Standing | None:
    """How the class ``name`` of ``path`` gets the SSOT base's ``method``; None if it does not.

    A class between that defines ``method`` itself means something else by it.
    """
    ref = repo.class_at(path, name)
    if ref is None:
        return None
    targets = _targets(repo)
    line = [ref, *repo.classes.ancestors(ref)]
    own = [base for base in line if isinstance(base, ClassRef) and (base.path, base.fact.name) not in targets]
    if any(method in (fact.name for fact in base.fact.methods) for base in own):
        return None
    if any(_is_target(base, targets) for base in line):
        return Standing(())
    for base in own:
        if BASE_RULE in repo.rules and any(b in _ROOTS for b in repo.classes.bases(base)):
            promise = f"class:{base.path}:{base.fact.name}"
            return Standing((promise,)) if repo.promised(promise) else None
    return None


def _targets(repo: Repository) -> frozenset[tuple[str, str]]:
    roles = (Role.BASE_CASE, Role.ASYNC_BASE_CASE, Role.PYTEST_BASE_CASE)
    found = [target for role in roles if (target := repo.target(role))]
    return frozenset({(t.path, t.name) for t in found} | {(t.module, t.name) for t in found})


def _is_target(base: ClassRef | str, targets: frozenset[tuple[str, str]]) -> bool:
    if isinstance(base, ClassRef):
        return (base.path, base.fact.name) in targets
    module, _, name = base.rpartition(".")
    return (module, name) in targets
