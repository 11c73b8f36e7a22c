"""Suites whose copied helpers became one are run before and after."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from ssot_migrate.findings import State
from ssot_migrate.plans.model import Plan

Migrated = Callable[[Mapping[str, str], str], Plan]
NAMED = "def named(prices):\n    return [{'name': f'item {n}', 'price': p} for n, p in enumerate(prices)]\n"
TOTAL = "def total(items):\n    return sum(item['price'] for item in items if item['name'] != 'none')\n"
FIXTURE = "import pytest\n\n\n@pytest.fixture\ndef items():\n    return [{'name': 'cup', 'price': 3}]\n"
PACKAGE = {"conftest.py": "", "shop/__init__.py": "", "shop/tests/__init__.py": ""}


def test_copies_in_two_modules_become_imports_that_point_one_way(
    migrated: Migrated, outcome: Callable[[], str]
) -> None:
    """Each module has what the other has and is imported for another of the two: no circle comes of it."""
    user = "from shop.tests.{} import {}\n\n\ndef test_it():\n    assert {}([]) in (0, [])\n"
    files = {
        **PACKAGE,
        "shop/tests/first.py": f"{NAMED}\n\n{TOTAL}",
        "shop/tests/second.py": f"{TOTAL}\n\n{NAMED}",
        "shop/tests/test_named.py": user.format("second", "named", "named"),
        "shop/tests/test_total.py": user.format("first", "total", "total"),
    }
    plan = migrated(files, "duplicate-helper")

    changed = [finding.path for finding in plan.findings if finding.state is State.CHANGED]
    assert changed == ["shop/tests/second.py"] * 2
    assert outcome() == "2 passed"


def test_modules_that_would_import_each_other_by_way_of_a_third_stay(
    migrated: Migrated, outcome: Callable[[], str]
) -> None:
    """An import that is there and two that would be new must not close a circle between them."""
    files = {
        **PACKAGE,
        "shop/tests/a.py": f"from shop.tests import d\n\nassert d\n\n\n{NAMED}",
        "shop/tests/b.py": f"from shop.tests import c\n\nassert c\n\n\n{TOTAL}",
        "shop/tests/c.py": NAMED,
        "shop/tests/d.py": TOTAL,
        "shop/tests/test_it.py": "from shop.tests import a, b\n\n\ndef test_it():\n    assert a and b\n",
    }
    migrated(files, "duplicate-helper")

    assert outcome() == "1 passed"


def test_fixture_goes_where_the_conftest_offers_it(
    migrated: Migrated, outcome: Callable[[], str], tmp_path: Path
) -> None:
    """Tests find the one of the conftest and see the same values; the copy was in a test or in a conftest."""
    test = "\n\ndef test_items(items):\n    assert items == [{'name': 'cup', 'price': 3}]\n"
    files = {
        **PACKAGE,
        "shop/tests/conftest.py": FIXTURE,
        "shop/tests/test_own.py": FIXTURE + test,
        "shop/tests/unit/__init__.py": "",
        "shop/tests/unit/conftest.py": FIXTURE,
        "shop/tests/unit/test_unit.py": test.lstrip(),
    }
    plan = migrated(files, "duplicate-helper")

    assert [finding.state for finding in plan.findings] == [State.CHANGED] * 2
    assert "def items" not in (tmp_path / "shop/tests/unit/conftest.py").read_text("utf-8")
    assert outcome() == "2 passed"
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--fixtures-per-test"]
    told = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True).stdout
    assert told.count("shop/tests/conftest.py") == 2
