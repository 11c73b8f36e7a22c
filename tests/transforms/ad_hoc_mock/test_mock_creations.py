"""Calls that make a mock: what they mean decides, not how they are spelled."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from ssot_migrate.plans.model import Plan

FACTORY = "get_mock_factory()."
TEST = "tests/test_a.py"
Planner = Callable[..., Plan]
Found = Callable[[Plan, str], list[str]]
Applied = Callable[[Plan], Path]


def in_test(head: str, line: str) -> dict[str, str]:
    """A test module with ``head`` and a test that does ``line``."""
    return {TEST: f"{head}\n\n\ndef test_it(mocker=None):\n    {line}\n"}


@pytest.mark.parametrize(
    ("head", "line", "expected"),
    [
        ("from unittest.mock import Mock", "Mock()", "create_mock()"),
        ("from unittest.mock import MagicMock", "MagicMock(spec=int)", "create_magic_mock(spec=int)"),
        ("from unittest.mock import AsyncMock as A", "A(1, *[2], **{})", "create_async_mock(1, *[2], **{})"),
        ("from unittest import mock as m", "m.Mock  (a=1)", "create_mock  (a=1)"),
        ("import unittest.mock", "(unittest.mock.Mock)()", "create_mock)()"),
        ("from unittest.mock import MagicMock as Mock", "Mock()", "create_magic_mock()"),
        ("from unittest.mock import Mock\n\nMade = Mock", "Made(1)", "create_mock(1)"),
        ("import unittest.mock as um\n\nMade = um.Mock", "Made(1)", "create_mock(1)"),
        (
            "try:\n    from unittest import mock\nexcept ImportError:\n    import mock",
            "mock.Mock()",
            "create_mock()",
        ),
        ("from unittest.mock import Mock\nfrom unittest.mock import Mock", "Mock()", "create_mock()"),
        ("from unittest.mock import *", "AsyncMock()", "create_async_mock()"),
    ],
)
def test_a_standard_mock_is_made_by_the_factory(
    plan_for: Planner, found: Found, applied: Applied, head: str, line: str, expected: str
) -> None:
    """Only the called name is replaced, under whatever name the class goes."""
    plan = plan_for(in_test(head, line))
    assert found(plan, TEST) == ["changed (safe): a mock that is not made by the mock factory"]
    assert f"{FACTORY}{expected}" in (applied(plan) / TEST).read_text("utf-8")


def test_an_import_in_each_branch_is_served_from_the_top(plan_for: Planner, applied: Applied) -> None:
    """A new import beside one of several would be missing where only another one ran."""
    late = "\n        from unittest.mock import Mock"
    plan = plan_for(in_test("import os", f"if mocker:{late}\n    else:{late}\n    Mock()"))
    text = (applied(plan) / TEST).read_text("utf-8")
    assert text.startswith("import os\n\nfrom test_framework.ssot.mock_factory import get_mock_factory\n")


@pytest.mark.parametrize(
    ("head", "line", "reason"),
    [
        ("import mock", "mock.Mock()", "mock.Mock is not the standard library's"),
        (
            "try:\n    import mock\nexcept ImportError:\n    from unittest import mock",
            "mock.Mock()",
            "may mean",
        ),
        ("from unittest.mock import Mock\nif x:\n    Mock = int", "Mock()", "may mean"),
        ("from unittest.mock import Mock\ndef f():\n    global Mock\n    Mock = int", "Mock()", "may mean"),
        ("import os", "mocker.Mock()", "nothing tells what mocker is"),
        ("import os", "Mock()", "the call fails when it runs"),
        ("from a import *\nfrom b import *", "Mock()", "may mean"),
        ("from elsewhere import Mock", "Mock()", "nothing shows that elsewhere.Mock is"),
        ("from unittest import mock", "mock. \\\n    Mock()", "spread over lines"),
        ("from unittest.mock import Mock", "f'{Mock()}'", "f-string"),
    ],
)
def test_doubt_is_told_and_nothing_edited(
    plan_for: Planner, found: Found, head: str, line: str, reason: str
) -> None:
    """What may mean something else gets advice that names the doubt."""
    plan = plan_for(in_test(head, line))
    (told,) = found(plan, TEST)
    assert told.startswith("advice: ")
    assert reason in told
    assert plan.files == ()


@pytest.mark.parametrize(
    "line",
    [
        "isinstance(1, Mock)",
        "patch('os.getcwd', new_callable=AsyncMock)",
        "patch('os.getcwd', MagicMock)",
        "create_autospec(int), PropertyMock(), sentinel.a, mock_open()",
        "[Mock for Mock in (int,)][0]()",
        "(lambda Mock: Mock())(int)",
    ],
)
def test_values_and_other_makers_are_no_findings(plan_for: Planner, found: Found, line: str) -> None:
    """A mock class passed on, another maker, and a name bound nearer by are left in silence."""
    names = "AsyncMock, MagicMock, Mock, PropertyMock, create_autospec, mock_open, patch, sentinel"
    plan = plan_for(in_test(f"from unittest.mock import {names}", line))
    assert found(plan, TEST) == []


def test_every_textual_hit_is_in_one_bucket(plan_for: Planner) -> None:
    """The ledger explains strings, comments, imports, values and calls."""
    head = '"""Mock in prose."""\nfrom unittest.mock import Mock  # Mock\n\nx = [Mock, "Mock()"]'
    (tally,) = plan_for(in_test(head, "Mock(a=Mock)")).ledger
    assert tally.total == 7
    assert tally.buckets == {"changed": 1, "comment": 1, "import": 1, "other name": 2, "string": 2}


def test_a_repositorys_own_mock_module_is_no_standard_one(plan_for: Planner, found: Found) -> None:
    """``mock.Mock`` of a local module is a class of the repository's own."""
    files = {"mock.py": "class Mock:\n    pass\n", **in_test("import mock", "mock.Mock()")}
    assert found(plan_for(files), TEST) == []


@pytest.mark.parametrize(
    "taker",
    [
        "from tests.support import Mock\n\nclass C: m = Mock\n",
        "def f():\n    from tests.support import Mock\n    return Mock\n",
        "from tests.support import *\n\nclass C: m = Mock\n",
    ],
)
def test_an_import_that_others_take_stays(plan_for: Planner, applied: Applied, taker: str) -> None:
    """A name is not dropped from a module that re-exports it, also late or by a star."""
    support = "from unittest.mock import Mock\n\n\ndef make():\n    return Mock()\n"
    plan = plan_for({"tests/__init__.py": "", "tests/support.py": support, "tests/test_b.py": taker})
    text = (applied(plan) / "tests/support.py").read_text("utf-8")
    assert "import Mock\n" in text
    assert "create_mock()" in text


def test_a_factory_of_unknown_source_is_for_review(plan_for: Planner, found: Found) -> None:
    """Onto a factory that is not the tested one, nothing is safe; what it lacks is advice."""
    factory = "class SSotMockFactory:\n    def create_mock(self): ...\n\ndef get_mock_factory(): ...\n"
    files = in_test("from unittest.mock import AsyncMock, Mock", "Mock(), AsyncMock()")
    held, lacking = found(plan_for({"test_framework/ssot/mock_factory.py": factory, **files}), TEST)
    assert held.startswith("held: test_framework/ssot/mock_factory.py is not known to return exactly")
    assert lacking == "advice: get_mock_factory() offers no create_async_mock"


def test_the_factory_and_what_it_stands_on_are_exempt(plan_for: Planner, found: Found) -> None:
    """A call inside the factory must not become a call of the factory."""
    below = "from unittest.mock import Mock\n\ndef make():\n    return Mock()\n"
    factory = "from test_framework.ssot.below import make\n\nclass SSotMockFactory: ...\n"
    files = {"test_framework/ssot/below.py": below, "test_framework/ssot/mock_factory.py": factory}
    (told,) = found(plan_for(files), "test_framework/ssot/below.py")
    assert told == "suppressed: the mock factory itself stands on this module"
