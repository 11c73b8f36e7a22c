"""What a rule finds in a file without the bodies that nobody asks for is what it finds in the whole file."""

from __future__ import annotations

import random
import sysconfig
from collections.abc import Iterable, Sequence
from copy import copy
from pathlib import Path

import msgspec
import pytest

from ssot_migrate.engine.compliance import Compliance
from ssot_migrate.engine.registry import all_rules
from ssot_migrate.engine.scan import Scanner
from ssot_migrate.index.scan import FileScan
from ssot_migrate.model import FileKind, Source
from ssot_migrate.profile import load_profile
from ssot_migrate.transform import Transform

GOLDEN = Path(__file__).parents[1] / "golden"
RULES = {rule.slug: rule for rule in all_rules()}


def scanner(rules: Sequence[Transform]) -> Scanner:
    """As a plan of these rules alone has it."""
    return Scanner(rules, (), Compliance.of(rules, load_profile("netra", {})))


def reading_all(rule: Transform) -> Transform:
    """The rule, for which files are read whole."""
    whole = copy(rule)
    whole.sparse = None
    return whole


def told(scan: FileScan) -> FileScan:
    """What a plan is made of, but for how tests end, which one rule asks: it reads what tells that."""
    classes = tuple(
        msgspec.structs.replace(
            fact,
            methods=tuple(msgspec.structs.replace(m, yields=False, returns=False) for m in fact.methods),
        )
        for fact in scan.classes
    )
    return msgspec.structs.replace(scan, classes=classes)


def compare(rules: Sequence[Transform], paths: Iterable[Path]) -> int:
    """How many files have sites, and the same ones; those that are broken are not compared."""
    sparse, whole = scanner(rules), scanner([reading_all(rule) for rule in rules])
    found = 0
    for path in paths:
        source = Source(path.as_posix().lstrip("/"), path.read_bytes(), "0" * 40, FileKind.PYTHON)
        for classes in (False, True):
            one, other = sparse.scan(source, classes), whole.scan(source, classes)
            if not other.problems:
                assert told(one) == told(other), path
            found += bool(one.sites)
    return found


@pytest.mark.parametrize("slug", RULES)
def test_every_rule_finds_the_same_in_its_cases(slug: str) -> None:
    """Alone, each in its own golden folder."""
    folder = GOLDEN / slug.replace("-", "_") / "before"
    assert compare([RULES[slug]], sorted(folder.rglob("*.py")))


def test_all_rules_together_find_the_same_in_some_cases() -> None:
    """One tree for all, in a part of the golden folders."""
    assert compare(all_rules(), sorted(GOLDEN.rglob("before/**/*.py"))[::5])


@pytest.mark.heavy
@pytest.mark.parametrize("slug", RULES)
def test_every_rule_finds_the_same_in_real_tests(slug: str) -> None:
    """Alone, in a part of the standard library's own tests; most rules find little there."""
    paths = sorted((Path(sysconfig.get_paths()["stdlib"]) / "test").glob("test_*.py"))
    compare([RULES[slug]], random.Random(slug).sample(paths, 60))  # noqa: S311 - any choice will do
