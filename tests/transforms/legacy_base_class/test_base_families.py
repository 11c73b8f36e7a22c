"""What a class's new base means for all that derives from it, wherever that stands."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest

from ssot_migrate.plans.model import Plan

Findings = Callable[[Mapping[str, str]], dict[str, str]]
Planner = Callable[..., Plan]

BASE = "import unittest\n\n\nclass Base(unittest.TestCase):\n    def helper(self):\n        pass\n"


def with_heir(heir: str, base: str = BASE) -> dict[str, str]:
    """A base, and in another file what derives from it."""
    return {"tests/base.py": base, "tests/test_heir.py": f"from tests.base import Base\n{heir}\n"}


def test_what_derives_from_a_migrated_base_has_nothing_to_do(findings: Findings) -> None:
    """A chain of any length is migrated by its root alone."""
    files = with_heir("class Mid(Base): pass\nclass TestHeir(Mid):\n    def test_a(self): pass")
    assert set(findings(files)) == {"tests/base.py:4"}


@pytest.mark.parametrize(
    ("heir", "said"),
    [
        (
            "class H(Base):\n    async def test_a(self): pass",
            "H (tests/test_heir.py).test_a is async and never ran",
        ),
        (
            "class M:\n    async def test_a(self): pass\nclass H(M, Base): pass",
            "test_a is async and never ran",
        ),
        ("class H(Base):\n    async def setUp(self): pass", "setUp is async and never awaited"),
        ("class H(Base):\n    async def asyncSetUp(self): pass", "asyncSetUp is never called"),
        ("import django.test\nclass H(Base, django.test.TestCase): pass", "and from django.test.TestCase"),
        (
            "class M:\n    def get_env(self): pass\nclass H(Base, M): pass",
            "M (tests/test_heir.py) defines get_env",
        ),
    ],
)
def test_an_heir_that_would_suffer_stops_the_change(findings: Findings, heir: str, said: str) -> None:
    """The base stays as it is, and the advice names the heir and its file."""
    (message,) = (m for place, m in findings(with_heir(heir)).items() if place == "tests/base.py:4")
    assert message.startswith("advice: ")
    assert said in message


@pytest.mark.parametrize(
    ("heir", "said"),
    [
        ("class H(Base):\n    def get_env(self): pass", "H (tests/test_heir.py) defines get_env"),
        ("class H(Base):\n    record_metric = None", "defines record_metric"),
        ("class H(Base):\n    def __getattr__(self, name): pass", "defines __getattr__"),
        ("import x\nclass H(Base, x.Mixin): pass", "and from x.Mixin"),
        ("import x\nclass H(Base):\n    @x.runs\n    async def test_a(self): pass", "under a decorator"),
        ("class H(Base):\n    def test_a(self):\n        return self.go()", "returns a value"),
        (
            "class H(Base):\n    def run(self, result=None): pass\n    async def test_a(self): pass",
            "unless run sees to it",
        ),
    ],
)
def test_an_heir_that_may_suffer_asks_for_review(findings: Findings, heir: str, said: str) -> None:
    """The change is held, and the note names the heir."""
    (message,) = (m for place, m in findings(with_heir(heir)).items() if place == "tests/base.py:4")
    assert message.startswith("held: ")
    assert said in message


def test_many_reasons_are_counted_not_listed(findings: Findings) -> None:
    """A note names three places and says how many there are."""
    tests = "".join(f"    def test_{n}(self):\n        return self.go()\n" for n in range(9))
    message = findings(with_heir(f"class H(Base):\n{tests}"))["tests/base.py:4"]
    assert message.endswith("and 6 more like these")


def test_bases_that_could_not_be_ordered_stop_the_change(findings: Findings) -> None:
    """A class that has the new base already, before unittest's own, could not be made any more."""
    text = (
        "import unittest\nfrom test_framework.ssot.base_test_case import SSotBaseTestCase\n"
        "class A(SSotBaseTestCase, unittest.TestCase): pass\n"
    )
    assert findings({"tests/test_a.py": text})["tests/test_a.py:3"].startswith(
        "advice: A would look methods up"
    )


def test_mixins_before_and_after_keep_their_places(findings: Findings) -> None:
    """Mixins that define nothing of the new base's are no obstacle on either side."""
    text = (
        "import unittest\nclass M:\n    def setUp(self): pass\nclass N: pass\n"
        "class A(M, unittest.TestCase, N): pass\nclass B(A): pass\n"
    )
    assert findings({"tests/test_a.py": text}) == {
        "tests/test_a.py:5": "changed (safe): a test class on unittest's own base"
    }


def test_a_base_of_several_services_goes_into_the_foundation(plan_for: Planner) -> None:
    """Other services' branches find the migrated base below them."""
    files = {
        "common/base.py": BASE,
        "billing/tests/test_b.py": "from common.base import Base\nclass TestB(Base): pass\n",
        "common/own.py": BASE.replace("Base", "Own").replace("helper", "other"),
        "common/test_own.py": "from common.own import Own\nclass TestOwn(Own): pass\n",
    }
    plan = plan_for(files | {"common/__init__.py": ""})
    changed = {file.path: file.foundation for file in plan.files if file.before}
    assert changed == {"common/base.py": True, "common/own.py": False}


def test_a_profile_whose_base_is_no_test_case_is_advice(findings: Findings) -> None:
    """Onto a pytest-style base no unittest class is moved."""
    files = {
        "ssot.toml": 'profile = "netra"\n',
        "test_framework/ssot/base_test_case.py": "class SSotBaseTestCase:\n    extra = 1\n",
        "tests/test_a.py": "import unittest\nclass A(unittest.TestCase): pass\n",
    }
    assert "is no unittest.TestCase" in findings(files)["tests/test_a.py:2"]


def test_a_base_that_the_team_changed_is_for_review(findings: Findings) -> None:
    """A target with another source than the tested one is not vouched for."""
    own = "import unittest\nclass SSotBaseTestCase(unittest.TestCase):\n    def extra(self): pass\n"
    files = {
        "test_framework/ssot/base_test_case.py": own,
        "tests/test_a.py": "import unittest\nclass A(unittest.TestCase): pass\n",
    }
    found = findings(files)
    assert "is not the base whose behaviour was tested" in found["tests/test_a.py:2"]
    assert found["tests/test_a.py:2"].startswith("held")
    assert list(found) == ["tests/test_a.py:2"]
