"""Delta debugging finds what a failure shows with, and nothing else, in few runs."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ssot_migrate.verify.isolate import Items, Key, isolate, tree

KEY: Key = ("test", "outcome")
OTHER: Key = ("other", "outcome")


class Probe:
    """A test subject that fails with any of certain sets of items, and counts how often it is asked."""

    def __init__(self, causes: dict[Key, list[set[str]]], most: int = 10_000) -> None:
        """``causes`` are sets of items by failure; each set suffices."""
        self.causes, self.most, self.asked = causes, most, set[Items]()

    def __call__(self, items: Items) -> frozenset[Key] | None:
        """The failures that show with ``items``."""
        if len(self.asked) >= self.most and items not in self.asked:
            return None
        self.asked.add(items)
        return frozenset(
            key for key, causes in self.causes.items() if any(cause <= items for cause in causes)
        )


def groups(count: int) -> list[list[list[str]]]:
    """``count`` items in files of two, in clusters of up to four files."""
    files = [[str(i) for i in range(at, min(at + 2, count))] for at in range(0, count, 2)]
    return [files[at : at + 4] for at in range(0, len(files), 4)]


@given(
    st.integers(1, 40).flatmap(lambda n: st.tuples(st.just(n), st.sets(st.integers(0, n - 1), min_size=1)))
)
def test_exactly_the_cause_is_found(case: tuple[int, set[int]]) -> None:
    """Whatever the number of items that a failure takes together, these and no others are named."""
    count, cause = case
    probe = Probe({KEY: [{str(item) for item in cause}]})
    assert isolate(tree(groups(count)), [KEY], probe) == {KEY: frozenset(map(str, cause))}


@given(st.sets(st.integers(0, 63), min_size=1, max_size=4))
def test_each_of_several_causes_is_found(causes: set[int]) -> None:
    """Where one item suffices, all items that do are found: setting aside one would mend nothing."""
    probe = Probe({KEY: [{str(item)} for item in causes]})
    assert isolate(tree(groups(64)), [KEY], probe)[KEY] == frozenset(map(str, causes))


def test_one_of_a_thousand_takes_few_runs() -> None:
    """Twice the logarithm: both halves are looked at on each level."""
    probe = Probe({KEY: [{"777"}]})
    assert isolate(tree(groups(1000)), [KEY], probe) == {KEY: {"777"}}
    assert len(probe.asked) <= 22


def test_failures_share_runs() -> None:
    """A second failure with the same cause costs no run more."""
    alone, both = Probe({KEY: [{"5"}]}), Probe({KEY: [{"5"}], OTHER: [{"5"}]})
    isolate(tree(groups(100)), [KEY], alone)
    found = isolate(tree(groups(100)), [KEY, OTHER], both)
    assert found == {KEY: {"5"}, OTHER: {"5"}}
    assert both.asked == alone.asked


def test_when_runs_are_spent_the_group_is_named() -> None:
    """What is known by then still holds the cause."""
    probe = Probe({KEY: [{"777"}]}, most=6)
    found = isolate(tree(groups(1000)), [KEY], probe)[KEY]
    assert "777" in found
    assert len(found) < 500
