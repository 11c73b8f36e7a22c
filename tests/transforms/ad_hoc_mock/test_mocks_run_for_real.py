"""Migrated suites are run: the same tests with the same outcomes, and what was held was held for a reason."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

from ssot_migrate.plans.model import Plan
from ssot_migrate.runtime.catalog import runtime_files

Planner = Callable[..., Plan]
Applied = Callable[[Plan], Path]
SUITE = """\
import asyncio
import inspect
import unittest
from unittest.mock import AsyncMock, MagicMock, Mock, call, create_autospec, patch, seal, sentinel

import pytest


class Shop:
    price = 3

    def buy(self, what):
        return what


SHARED = MagicMock(spec=Shop)


class TestKinds(unittest.TestCase):
    def test_types(self):
        assert type(Mock()).__mro__[1] is Mock and type(MagicMock()).__mro__[1] is MagicMock
        assert isinstance(SHARED, Shop) and isinstance(AsyncMock(), AsyncMock)
        assert repr(Mock(name="shop")).startswith("<Mock name='shop' id=")

    def test_configured(self):
        shop = MagicMock(spec=Shop, **{"buy.return_value": 7})
        shop.child = Mock(side_effect=[1, sentinel.end])
        assert (shop.buy("a"), shop.child(), shop.child()) == (7, 1, sentinel.end)
        assert shop.mock_calls == [call.buy("a"), call.child(), call.child()]
        with self.assertRaises(AttributeError):
            shop.sell
        seal(shop)

    def test_wrapped(self):
        assert Mock(wraps=Shop()).buy("b") == "b"
        with self.assertRaises(TypeError):
            create_autospec(Shop).buy()

    def test_awaited(self):
        work = AsyncMock(return_value=2)
        assert inspect.iscoroutinefunction(work) and asyncio.run(work()) == 2

    @patch.object(Shop, "price", Mock(return_value=5))
    def test_patched(self):
        assert Shop.price() == 5


@pytest.mark.parametrize("made", [Mock(), MagicMock()])
def test_ids(made):
    assert made.anything


@pytest.mark.integration
def test_marked():
    assert Mock()
"""
FAILING = "\n\ndef test_red():\n    Mock(side_effect=ValueError)()\n"
SETTINGS = "[pytest]\nmarkers = integration\n"
PLUGIN = 'pytest_plugins = ["test_framework.ssot.pytest_plugin"]\n'
SHARED = """\
from unittest.mock import Mock

import pytest


@pytest.fixture
def queue():
    return Mock()


@pytest.mark.integration
def test_marked(queue):
    assert queue
"""


def outcomes(root: Path) -> list[str]:
    """Outcome and id of every test, in order, from a run of its own."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-rA",
        "--tb=line",
        "-p",
        "no:cacheprovider",
        "-p",
        "no:asyncio",
    ]
    done = subprocess.run(command, cwd=root, capture_output=True, text=True)
    return re.findall(r"^(?:PASSED|FAILED|ERROR|SKIPPED) \S+(?: - \w+)?", done.stdout, re.MULTILINE)


def test_a_migrated_suite_has_the_same_outcomes(plan_for: Planner, applied: Applied, tmp_path: Path) -> None:
    """Every kind of mock behaves as before, in tests that pass and in one that fails."""
    plan = plan_for({"pytest.ini": SETTINGS, "tests/test_shop.py": SUITE + FAILING})
    before = outcomes(tmp_path)
    root = applied(plan)
    text = (root / "tests/test_shop.py").read_text("utf-8")
    assert text.count("get_mock_factory().") == 13
    assert len(before) == 9
    assert outcomes(root) == before


def test_what_was_held_would_be_refused(plan_for: Planner, applied: Applied, tmp_path: Path) -> None:
    """With the framework's plugin on, a safe plan keeps a marked test green; the held change would not."""
    files = {"pytest.ini": SETTINGS, "tests/test_queue.py": SHARED}
    safe = plan_for(files)
    assert safe.files == ()
    root = applied(plan_for(files, review=True))
    assert outcomes(root) == ["PASSED tests/test_queue.py::test_marked"]
    plugin = "test_framework/ssot/pytest_plugin.py"
    (root / plugin).write_bytes(runtime_files()[plugin])
    (root / "conftest.py").write_text(PLUGIN, "utf-8")
    assert outcomes(root) == ["ERROR tests/test_queue.py::test_marked - test_framework"]
