"""Which classes of a repository are unittest cases, by whose base, and in which order their bases stand."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from enum import Enum
from functools import cached_property

from ssot_migrate.index.classes import ClassGraph, ClassRef, Resolved
from ssot_migrate.index.linear import Linearisation
from ssot_migrate.index.targets import Target
from ssot_migrate.model import Role

PLAIN, ASYNC = "unittest.TestCase", "unittest.IsolatedAsyncioTestCase"
ROOTS: Mapping[str, Role] = {PLAIN: Role.BASE_CASE, ASYNC: Role.ASYNC_BASE_CASE}
_OTHER_NAMES = {
    "unittest.case.TestCase": PLAIN,
    "unittest.async_case.IsolatedAsyncioTestCase": ASYNC,
    "abc.ABC": "object",
    "builtins.object": "object",
    "typing.Generic": "object",
    "typing.Protocol": "object",
}
_FUNCTION_CASES = ("unittest.FunctionTestCase", "unittest.case.FunctionTestCase")


class Kind(Enum):
    """What a base leads to."""

    NONE = "no test case that is known"
    SYNC = "unittest.TestCase"
    ASYNC = "unittest.IsolatedAsyncioTestCase"
    FOREIGN = "another framework's test case"
    DOUBT = "one of several things"


class Cases:
    """The test cases among the classes of a repository."""

    def __init__(self, graph: ClassGraph, targets: Mapping[Role, Target]) -> None:
        """Judge the classes of ``graph``; the base case ``targets`` are cases if their source says so."""
        self.graph = graph
        self.targets = {r: targets[r] for r in ROOTS.values() if r in targets and targets[r].exists}
        self._outside = self._known_orders()
        self._order = Linearisation(self.bases, self._outside)

    def bases(self, ref: ClassRef) -> tuple[Resolved, ...]:
        """Direct bases; those outside under one name each, what changes no order as ``object``."""
        return tuple(_OTHER_NAMES.get(b, b) if isinstance(b, str) else b for b in self.graph.bases(ref))

    def order(self, base: Resolved) -> tuple[str, ...] | None:
        """The method resolution order as it is; None if there can be none."""
        return self._order.of(base)

    def replaced(self, ref: ClassRef) -> tuple[Resolved, ...]:
        """Direct bases once the targets have taken the place of unittest's cases."""
        if self.is_target(ref):
            return self.bases(ref)
        return tuple(self.replacement(b) if isinstance(b, str) else b for b in self.bases(ref))

    def orders_with(self, bases: Callable[[ClassRef], Sequence[Resolved]]) -> Linearisation:
        """The orders in a state where classes have these direct bases."""
        return Linearisation(bases, self._outside)

    @cached_property
    def all_replaced(self) -> Linearisation:
        """The orders once every class that can be is on the targets."""
        return self.orders_with(self.replaced)

    def replacement(self, base: str) -> Resolved:
        """The target that takes the place of one of unittest's cases; any other base stays."""
        target = self.targets.get(ROOTS[base]) if base in ROOTS else None
        return (self.graph.get(target.path, target.name) or _dotted(target)) if target else base

    def kind(self, base: Resolved) -> Kind:
        """What a class or an outside name leads to."""
        order = self.order(base)
        if order is None:
            return Kind.DOUBT
        kinds = {self._kind_outside(name) for name in order if ":" not in name}
        ranked = (Kind.FOREIGN, Kind.ASYNC, Kind.SYNC, Kind.DOUBT)
        return next((kind for kind in ranked if kind in kinds), Kind.NONE)

    def is_target(self, base: Resolved) -> bool:
        """Whether a base is the profile's own."""
        if isinstance(base, ClassRef):
            return any((base.path, base.fact.name) == (t.path, t.name) for t in self.targets.values())
        return any(base == _dotted(target) for target in self.targets.values())

    @cached_property
    def target_orders(self) -> frozenset[str]:
        """The targets and all that they stand on, as an order names them."""
        refs = (self.graph.get(target.path, target.name) for target in self.targets.values())
        return frozenset(name for ref in refs if ref for name in self.order(ref) or (ref.key,))

    def _kind_outside(self, name: str) -> Kind:
        if name in ROOTS or name in _FUNCTION_CASES:
            return Kind.ASYNC if name == ASYNC else Kind.SYNC
        if name.startswith("?"):
            return Kind.DOUBT
        ours = any(name.startswith(f"{target.module}.") for target in self.targets.values())
        return Kind.FOREIGN if name.endswith("TestCase") and not ours else Kind.NONE

    def _known_orders(self) -> dict[str, Sequence[str]]:
        orders: dict[str, Sequence[str]] = {PLAIN: (PLAIN,), ASYNC: (ASYNC, PLAIN)}
        base = self.targets.get(Role.BASE_CASE)
        for target in self.targets.values():
            above = (_dotted(base),) if base and base.name in target.bases else ()
            orders[_dotted(target)] = (_dotted(target), *above, *_roots(target))
        return orders


def is_case(target: Target) -> bool:
    """Whether a target is a ``unittest.TestCase``, as its own source says."""
    return bool(_roots(target))


def _roots(target: Target) -> tuple[str, ...]:
    if "IsolatedAsyncioTestCase" in target.bases:
        return (ASYNC, PLAIN)
    return (PLAIN,) if "TestCase" in target.bases else ()


def _dotted(target: Target) -> str:
    return f"{target.module}.{target.name}"
