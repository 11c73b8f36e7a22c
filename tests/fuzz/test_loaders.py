"""Files that a user hands over: what is wrong with one is said in an error of ours, and not believed."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssot_migrate.compliance.baseline import read_baseline
from ssot_migrate.decisions import file as decisions
from ssot_migrate.edits import Edit, splice
from ssot_migrate.errors import SsotMigrateError
from ssot_migrate.plans.apply import replay
from ssot_migrate.plans.model import SCHEMA, Plan, RuleRef, blob_id
from ssot_migrate.plans.store import dump, load, seal
from ssot_migrate.settings import parse_settings
from tests.fuzz.limits import long
from tests.fuzz.mutation import mutated, seeds
from tests.fuzz.pipeline import RULES, decided, source_of

pytestmark = pytest.mark.heavy
DECISIONS = decisions.HEAD + "reject 0123456789abcdef ad-hoc-mock a/b%20c.py Test.one a reason\n"
BASELINE = '# why\nad-hoc-mock a/b.py "Test.one" call "mock.Mock()" 0 until=2026-12-31 -- a reason\n'
SETTINGS = '[tool.ssot-migrate]\nexclude = ["a/"]\npolicy = { ad-hoc-mock = "off" }\nalias-days = 3\n'
OFFSETS = st.integers(-2, 70)
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20) | st.just("a" * 40),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=9), inner, max_size=3),
    max_leaves=8,
)


@cache
def sample() -> tuple[Plan, dict[str, tuple[bytes, str]]]:
    """A sealed plan of the golden files, and what it reads."""
    sources = [source_of(f"{n}_{name}", data) for n, (name, data) in enumerate(seeds(python=True)[::6])]
    files = tuple(file for source in sources if (file := decided(source).plan))
    refs = tuple(RuleRef(rule.id, rule.slug, rule.summary) for rule in RULES)
    plan = seal(Plan(SCHEMA, "0", "0" * 40, "bundled", refs, ("root",), files, (), (), (), ()))
    return plan, {source.path: (source.data, "100644") for source in sources}


def loaded(data: bytes, loader: Callable[[Path], object]) -> None:
    """Load a file of these bytes; only an error of ours may come of it."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "file"
        path.write_bytes(data)
        with suppress(SsotMigrateError):
            loader(path)


@long
@given(mutated([("plan", dump(sample()[0]))]))
def test_plan_bytes(file: tuple[str, bytes]) -> None:
    """A plan file with bytes changed: refused, or the plan that it was."""

    def same(path: Path) -> None:
        assert load(path) == sample()[0]

    loaded(file[1], same)


@long
@given(st.data())
def test_plan_values(data: st.DataObject) -> None:
    """A plan with values replaced, sealed anew by whoever did that: refused, or replayed to its hashes."""
    plan, base = sample()
    tree: Any = msgspec.json.decode(dump(plan))
    for _ in range(data.draw(st.integers(1, 3))):
        node, key = tree, "files"
        while isinstance(node[key], dict | list) and node[key] and data.draw(st.integers(0, 4)):
            node = node[key]
            key = data.draw(st.sampled_from(sorted(node) if isinstance(node, dict) else range(len(node))))
        node[key] = data.draw(JSON)
    try:
        forged = seal(msgspec.convert(tree, Plan))
    except (msgspec.ValidationError, SsotMigrateError):
        return
    with suppress(SsotMigrateError):
        for done in replay(forged, base.get).applied:
            assert [blob_id(text) for text in done.texts] == [step.after for step in done.file.steps]


@long
@given(mutated([("d", DECISIONS.encode())]) | st.tuples(st.just("d"), st.binary(max_size=200)))
def test_decisions(file: tuple[str, bytes]) -> None:
    """A decisions file; what is accepted is written so that it is read the same."""

    def both_ways(path: Path) -> None:
        found = decisions.load(path)
        assert decisions.parse(decisions.render(found), "again") == found

    loaded(file[1], both_ways)


@long
@given(mutated([("b", BASELINE.encode())]) | st.tuples(st.just("b"), st.binary(max_size=200)))
def test_baseline(file: tuple[str, bytes]) -> None:
    """A baseline."""
    loaded(file[1], read_baseline)


@long
@given(mutated([("s", SETTINGS.encode())]) | st.tuples(st.just("s"), st.binary(max_size=200)))
def test_settings(file: tuple[str, bytes]) -> None:
    """The settings of a repository."""
    loaded(file[1], lambda path: parse_settings(path.read_bytes(), None))


@long
@given(st.binary(max_size=60), st.lists(st.tuples(OFFSETS, OFFSETS, st.text(max_size=4))))
def test_splice(data: bytes, triples: list[tuple[int, int, str]]) -> None:
    """Any edits are spliced exactly, or refused with a ValueError."""
    try:
        result = splice(data, [Edit(*triple) for triple in triples], "utf-8")
    except ValueError:
        return
    grown = sum(len(text.encode()) - (end - start) for start, end, text in triples)
    assert len(result) == len(data) + grown
