"""The order in which bases are searched, compared with Python's own."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ssot_migrate.edits import Span
from ssot_migrate.index.classes import ClassRef
from ssot_migrate.index.linear import Linearisation, merge
from ssot_migrate.index.scan import ClassFact

Hierarchy = list[list[int]]


@st.composite
def hierarchies(draw: st.DrawFn) -> Hierarchy:
    """For each class the numbers of its bases, all smaller than its own, in any order."""
    return [
        draw(st.lists(st.integers(0, number - 1), unique=True, max_size=4)) if number else []
        for number in range(draw(st.integers(1, 9)))
    ]


def by_python(hierarchy: Hierarchy) -> list[list[str] | None]:
    """The names in Python's own order, None where it refuses the class or one of its bases."""
    made: list[type | None] = []
    for number, bases in enumerate(hierarchy):
        above = [made[base] for base in bases]
        try:
            known = tuple(base for base in above if base is not None)
            made.append(type(f"C{number}", known, {}) if len(known) == len(above) else None)
        except TypeError:
            made.append(None)
    return [None if cls is None else [b.__name__ for b in cls.__mro__ if b is not object] for cls in made]


def by_us(hierarchy: Hierarchy) -> list[list[str] | None]:
    """The names in our order."""
    refs = [ClassRef("m.py", ClassFact(f"C{n}", n, Span(0, 0), (), ())) for n in range(len(hierarchy))]
    bases = {ref.key: [refs[base] for base in hierarchy[n]] for n, ref in enumerate(refs)}
    orders = Linearisation(lambda ref: bases[ref.key], {})
    found = (orders.of(ref) for ref in refs)
    return [None if order is None else [name.removeprefix("m.py:") for name in order] for order in found]


@given(hierarchies())
def test_the_order_is_pythons(hierarchy: Hierarchy) -> None:
    """Every class that Python accepts has its very order; every other has none."""
    assert by_us(hierarchy) == by_python(hierarchy)


def test_a_circle_of_bases_has_no_order() -> None:
    """Two classes that derive from each other end in None, not in a recursion."""
    one, two = (ClassRef("m.py", ClassFact(name, 1, Span(0, 0), (), ())) for name in "AB")
    assert Linearisation(lambda ref: [two if ref is one else one], {}).of(one) is None


def test_a_chain_too_deep_has_no_order() -> None:
    """A generated chain of thousands of classes is given up, not followed to a crash."""
    refs = [ClassRef("m.py", ClassFact(f"C{n}", n, Span(0, 0), (), ())) for n in range(5000)]
    orders = Linearisation(lambda ref: [refs[ref.fact.line - 1]] if ref.fact.line else [], {})
    assert orders.of(refs[-1]) is None


def test_known_outside_classes_stand_in_their_order() -> None:
    """What is known of classes outside the repository is used; the others stand for themselves."""
    ref = ClassRef("m.py", ClassFact("A", 1, Span(0, 0), (), ()))
    orders = Linearisation(lambda _: ["x.Mixin", "lib.B", "object"], {"lib.B": ("lib.B", "lib.A")})
    assert orders.of(ref) == ("m.py:A", "x.Mixin", "lib.B", "lib.A")


def test_contradicting_sequences_do_not_merge() -> None:
    """What stands before and after another cannot be ordered."""
    assert merge([["a", "b"], ["b", "a"]]) is None
    assert merge([["a", "b"], [], ["b", "c"]]) == ("a", "b", "c")
