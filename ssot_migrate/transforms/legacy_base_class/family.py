"""What a new base would mean for a class and for all that derive from it, in whatever file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import cached_property, lru_cache
from typing import NamedTuple

from ssot_migrate.index.cases import ASYNC, ROOTS, Cases, Kind
from ssot_migrate.index.classes import ClassRef, Resolved
from ssot_migrate.index.linear import Linearisation
from ssot_migrate.index.scan import MethodFact
from ssot_migrate.transforms.legacy_base_class.awaiting import objection_to

_SHOWN = 3
# Whoever overrides one of these may await what unittest would not.
_MACHINERY = frozenset(
    ("run", "__call__", "__getattribute__", "_callTestMethod", "_callSetUp", "__init__", "debug")
)
_LOOK_UPS = frozenset(("__getattr__", "__getattribute__", "__setattr__"))


class Judgement(NamedTuple):
    """Why there must be no edit (empty: nothing), and what a person should look at first."""

    against: str
    care: tuple[str, ...]


class Family:
    """A class whose base is to be replaced, with everything below it."""

    def __init__(self, ref: ClassRef, cases: Cases) -> None:
        """Look at ``ref`` as the head."""
        self.ref, self.cases, self.graph = ref, cases, cases.graph
        self.members = [ref, *self.graph.below(ref)]
        self.replacements = [
            cases.replacement(b) for b in cases.bases(ref) if isinstance(b, str) and b in ROOTS
        ]

    def judge(self, added: frozenset[str]) -> Judgement:
        """All objections; ``added`` are the names that the targets define over unittest's own."""
        objections = [
            *self._of_bases(),
            *(found for member in self.members for found in self._of(member, added)),
        ]
        against = next((text for stops, text in objections if stops), "")
        care = list(dict.fromkeys(text for stops, text in objections if not stops))
        more = [f"and {len(care) - _SHOWN} more like these"] if len(care) > _SHOWN else []
        return Judgement(against, (*care[:_SHOWN], *more))

    def _of(self, member: ClassRef, added: frozenset[str]) -> Iterator[tuple[bool, str]]:
        name = self.named(member)
        if member.key in self.graph.redefined:
            yield member is self.ref, f"{name} is defined more than once in its file"
        yield from self._of_order(member, name)
        yield from self._of_names(member, name, added)
        yield from self._of_tests(member, name)

    def named(self, member: ClassRef) -> str:
        """How a message calls a member: by its name, and by its file if that is another one."""
        return member.fact.name if member.path == self.ref.path else f"{member.fact.name} ({member.path})"

    @cached_property
    def alone(self) -> Linearisation:
        """The orders if no class but the head changes."""
        cases = self.cases
        return cases.orders_with(
            lambda ref: (cases.replaced if ref.key == self.ref.key else cases.bases)(ref)
        )

    # -- bases -------------------------------------------------------------------------------

    def _of_bases(self) -> Iterator[tuple[bool, str]]:
        known = set(self.cases.order(self.ref) or ())
        for name in self._outside(self.ref):
            yield True, f"also stands on {foreign(name)}, whose own bases are not known here"
        for member in self.members[1:]:
            for name in self._outside(member):
                if name not in known:
                    is_case = self.cases.kind(name) in (Kind.FOREIGN, Kind.DOUBT)
                    yield is_case, f"{self.named(member)} derives from it and from {foreign(name)}"

    def _outside(self, member: ClassRef) -> list[str]:
        """Bases, direct or not, that are neither in the repository nor unittest's nor the profile's."""
        order = self.cases.order(member) or ()
        return [n for n in order if ":" not in n and n not in ROOTS and not self.cases.is_target(n)]

    def _of_order(self, member: ClassRef, name: str) -> Iterator[tuple[bool, str]]:
        before = self.cases.order(member)
        if before is None:
            yield member is self.ref, f"the bases of {name} cannot be put in order"
            return
        for state in (self.alone, self.cases.all_replaced):
            if not keeps_order(before, state.of(member)):
                yield True, f"{name} would look methods up in another order"

    # -- names -------------------------------------------------------------------------------

    def _of_names(self, member: ClassRef, name: str, added: frozenset[str]) -> Iterator[tuple[bool, str]]:
        order = self.cases.all_replaced.of(member) or ()
        targets = [i for i, base in enumerate(order) if self.cases.is_target(self._resolved(base))]
        for place, base in enumerate(self._own(order)):
            if base is None:
                continue
            defined = {method.name for method in base.fact.methods} | set(base.fact.attributes)
            if clash := sorted(defined & added):
                later = bool(targets) and place > targets[0]
                yield later, f"{self.named(base)} defines {', '.join(clash)}, which the new base defines too"
            if special := sorted(defined & _LOOK_UPS):
                yield False, f"{self.named(base)} defines {special[0]}"

    def _resolved(self, name: str) -> Resolved:
        return self._ref(name) or name

    def _own(self, order: Sequence[str]) -> list[ClassRef | None]:
        """The repository's classes at their places in an order; None for others and for the targets' own."""
        own = self.cases.target_orders
        return [None if name in own else self._ref(name) for name in order]

    def _ref(self, name: str) -> ClassRef | None:
        path, colon, qualified = name.rpartition(":")
        return self.graph.get(path, qualified) if colon else None

    # -- tests -------------------------------------------------------------------------------

    def methods(self, member: ClassRef) -> Mapping[str, MethodFact]:
        """The methods that a member's instances have from classes of the repository."""
        found: dict[str, MethodFact] = {}
        for ref in self._own(self.cases.order(member) or ()):
            for method in ref.fact.methods if ref else ():
                found.setdefault(method.name, method)
        return found

    def _of_tests(self, member: ClassRef, name: str) -> Iterator[tuple[bool, str]]:
        methods = self.methods(member)
        awaits = ASYNC in (self.cases.order(member) or ())
        own_means = sorted(_MACHINERY.intersection(methods))
        for method in methods.values():
            if objection := objection_to(method, awaits=awaits):
                stops, text = objection
                if own_means:
                    stops, text = False, f"{text}, unless {own_means[0]} sees to it"
                yield stops, f"{name}.{method.name} {text}"


def keeps_order(before: Sequence[str], after: Sequence[str] | None) -> bool:
    """Whether ``after`` exists and has all of ``before`` in the same order."""
    return after is not None and [name for name in after if name in set(before)] == list(before)


def foreign(name: str) -> str:
    """A base from outside, as a message calls it."""
    if name.startswith("?"):
        return f"{name.removeprefix('?') or 'an expression'}, of which it cannot be told what it is"
    return name


@lru_cache(maxsize=4)
def added_names(offers: frozenset[str]) -> frozenset[str]:
    """What a target defines over unittest's own cases."""
    import unittest  # and asyncio with it

    return offers.difference(dir(unittest.IsolatedAsyncioTestCase))
