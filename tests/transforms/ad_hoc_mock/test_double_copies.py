"""Custom mock classes: copies are told by what they do, and only harmless ones are joined."""

from __future__ import annotations

import ast
from collections.abc import Callable
from pathlib import Path

import pytest

from ssot_migrate.plans.model import Plan

Planner = Callable[..., Plan]
Found = Callable[[Plan, str], list[str]]
Applied = Callable[[Plan], Path]
CLOCK = "class FakeClock:\n    def time(self, at=0):\n        return at\n"
HOLDS = "class FakeA:\n    x = "
COPY = "svc/tests/test_b.py"


def service(shared: str, copy: str, **more: str) -> dict[str, str]:
    """A service whose ``doubles`` module holds ``shared`` and one of whose tests holds ``copy``."""
    used = "from svc.tests import doubles\n\n\nclass TestA:\n    seen = doubles\n"
    return {
        "svc/__init__.py": "",
        "svc/tests/__init__.py": "",
        "svc/tests/doubles.py": shared,
        "svc/tests/test_a.py": used,
        COPY: copy,
        **more,
    }


@pytest.mark.parametrize(
    ("shared", "copy"),
    [
        (CLOCK, CLOCK),
        (CLOCK, CLOCK.replace("class FakeClock:", 'class FakeClock:\n    """Doc."""\n    pass\n')),
        (f"from time import time\n\n{HOLDS}time\n", f"from time import time as z\n\n{HOLDS}z\n"),
        ("class FakeA:\n    def f(self) -> 'int': ...\n", "class FakeA:\n    def f(self) -> int: ...\n"),
        ("class FakeA:\n    def f(self): return FakeA\n", "class FakeA:\n    def f(self): return FakeA\n"),
    ],
    ids=["same", "docstring", "import under another name", "quoted type", "own name"],
)  # fmt: skip
def test_a_copy_becomes_an_import(
    plan_for: Planner, found: Found, applied: Applied, shared: str, copy: str
) -> None:
    """What does the same is one class; its name stays bound where it was, so patches by name stay valid."""
    plan = plan_for(service(shared, copy))
    assert [told.partition(":")[0] for told in found(plan, COPY)] == ["changed (safe)"]
    text = (applied(plan) / COPY).read_text("utf-8")
    assert "class Fake" not in text
    assert text.startswith("from svc.tests.doubles import Fake")
    ast.parse(text)


@pytest.mark.parametrize(
    ("shared", "copy"),
    [
        (CLOCK, CLOCK.replace("at=0", "at=1")),
        (CLOCK, CLOCK.replace("def time", "async def time")),
        (CLOCK, CLOCK.replace("FakeClock:", "FakeClock(dict):")),
        (f"from a import f\n\n{HOLDS}f\n", f"from b import f\n\n{HOLDS}f\n"),
        (f"f = 1\n\n{HOLDS}f\n", f"f = 1\n\n{HOLDS}f\n"),
        (f"{HOLDS}__file__\n", f"{HOLDS}__file__\n"),
        (f"{HOLDS}0\n    def f(self): global n\n", f"{HOLDS}0\n    def f(self): global n\n"),
        ("class FakeA:\n    x: int\n", "from __future__ import annotations\n\nclass FakeA:\n    x: int\n"),
        (f"import time\n\n{HOLDS}time.time\n", f"from time import time\n\n{HOLDS}time\n"),
        (f"from .x import f\n\n{HOLDS}f\n", f"from . import f\n\n{HOLDS}f\n"),
    ],
    ids=[
        "default", "async", "base", "other import", "own global", "own file", "global", "future",
        "bound earlier", "relative",
    ],
)  # fmt: skip
def test_textual_likeness_is_no_copy(plan_for: Planner, found: Found, shared: str, copy: str) -> None:
    """Where a name or a body means something else, the classes stay two."""
    (told,) = found(plan_for(service(shared, copy)), COPY)
    assert told.startswith("advice: ")
    assert "copy" not in told


@pytest.mark.parametrize(
    ("shared", "doubt"),
    [
        ("class FakeA:\n    seen = []\n", "both modules would share seen"),
        ("class FakeA:\n    n = 0\n    def f(self): FakeA.n += 1\n", "both modules would share n"),
        ("class FakeA:\n    @classmethod\n    def f(cls): cls.n = 1\n", "both modules would share n"),
        ("class FakeA:\n    def f(self, seen={}): ...\n", "share the default {}"),
        ("class FakeA:\n    n = 0\n\n\nFakeA.n = 1\n", "both modules would share n"),
        (
            "import functools\n\nclass FakeA:\n    @functools.cache\n    def f(self): ...\n",
            "@functools.cache may do",
        ),
        ("import abc\n\nclass FakeA(metaclass=abc.ABCMeta):\n    x = 1\n", "metaclass may do more"),
    ],
)
def test_shared_state_waits_for_review(plan_for: Planner, found: Found, shared: str, doubt: str) -> None:
    """Copies that would share what they may change are held, and the state is named."""
    (told,) = found(plan_for(service(shared, shared)), COPY)
    assert told.startswith("held: an exact copy of FakeA at svc/tests/doubles.py:")
    assert doubt in told


def test_a_patched_name_waits_for_review(plan_for: Planner, found: Found) -> None:
    """A class that moves no longer sees what a test patches in its old module."""
    double = "import time\n\nclass FakeA:\n    def f(self): return time.time()\n"
    patching = "\n\ndef test_it(monkeypatch):\n    monkeypatch.setattr('svc.tests.test_b.time', None)\n"
    (told,) = found(plan_for(service(double, double + patching)), COPY)
    assert told.startswith("held: ")
    assert told.endswith("a test patches time in this module, which the definition would no longer see")


def test_a_module_that_needs_more_waits_for_review(plan_for: Planner, found: Found) -> None:
    """An import that brings in a package which the test did without is not safe."""
    (told,) = found(plan_for(service(f"import torch\n\n{CLOCK}", CLOCK)), COPY)
    assert told.startswith("held: ")
    assert told.endswith("its module needs torch, which this file does without")


@pytest.mark.parametrize(
    ("shared", "copy", "reason"),
    [
        (CLOCK, CLOCK.replace("return", "# why\n        return"), "its comments would be lost"),
        (CLOCK, f"x = 1\n\n\n# A clock.\n{CLOCK}", "its comments would be lost"),
        (f"print()\n\n{CLOCK}", CLOCK, "see its line 1 (print())"),
        (f"from svc.tests import test_b\n\n{CLOCK}", CLOCK, "that module imports this one"),
        (
            CLOCK,
            f"def test_it():\n    {CLOCK.replace(chr(10), chr(10) + '    ')}",
            "not both are plain definitions",
        ),
        (CLOCK, f"{CLOCK}\n\nFakeClock = wrap(FakeClock)\n", "not both are plain definitions"),
    ],
    ids=["comments", "comment above", "effects", "circle", "local", "bound twice"],
)
def test_what_no_import_can_replace_is_advised(
    plan_for: Planner, found: Found, shared: str, copy: str, reason: str
) -> None:
    """An obstacle is told with the place of the other copy."""
    (told,) = found(plan_for(service(shared, copy)), COPY)
    assert told.startswith("advice: an exact copy of FakeClock at svc/tests/doubles.py:")
    assert reason in told


def test_the_most_imported_copy_of_shared_modules_stays(plan_for: Planner, found: Found) -> None:
    """The order is documented: shared modules first, then files that import them, then path."""
    user = "from svc.tests.zoo import FakeClock\n\n\nclass TestC:\n    clock = FakeClock\n"
    files = service(
        CLOCK, CLOCK, **{"svc/tests/zoo.py": CLOCK, "svc/tests/test_c.py": user, "svc/tests/test_d.py": user}
    )
    plan = plan_for(files)
    assert found(plan, "svc/tests/zoo.py")[0].endswith("; this one stays")
    assert "an exact copy of FakeClock at svc/tests/zoo.py:1" in found(plan, "svc/tests/doubles.py")[0]


def test_copies_in_another_service_are_only_told(plan_for: Planner, found: Found) -> None:
    """Services do not come to depend on each other."""
    other = "web/tests/test_c.py"
    plan = plan_for(service(CLOCK, "", **{other: CLOCK}))
    assert found(plan, other) == [
        "advice: FakeClock: exact copies are FakeClock at svc/tests/doubles.py:1; "
        "keep one, in a module that all can import"
    ]


@pytest.mark.parametrize(
    "text",
    [
        "class FakeError(ValueError):\n    pass\n",
        "import enum\n\nclass MockKind(enum.Enum):\n    A = 1\n",
        "class MockTests:\n    def test_it(self): ...\n",
        "import unittest\n\nclass MockCase(unittest.TestCase):\n    x = 1\n",
        "class TestMock:\n    x = 1\n",
        "class Mocked:\n    x = 1\n",
        "class Stubborn:\n    x = 1\n",
    ],
)
def test_other_classes_are_no_doubles(plan_for: Planner, found: Found, text: str) -> None:
    """Exceptions, enumerations, test classes and words that only begin alike are left in silence."""
    assert found(plan_for({"tests/test_a.py": text}), "tests/test_a.py") == []


def test_a_fitting_product_replaces_constructor_calls(
    plan_for: Planner, found: Found, applied: Applied
) -> None:
    """Only for review, and only where the product has all that the class has."""
    tool = "class FakeTool:\n    def __init__(self, tool_name='t'):\n        self.tool_name = tool_name\n"
    fits = f"{tool}    async def execute(self): ...\n\n\ndef test_it():\n    FakeTool(tool_name='a')\n"
    path = "tests/test_a.py"
    plan = plan_for({path: fits}, review=True)
    assert found(plan, path)[0].startswith("changed (review): FakeTool: create_tool_mock offers all")
    assert "    get_mock_factory().create_tool_mock(tool_name='a')" in (applied(plan) / path).read_text(
        "utf-8"
    )
    for other in (
        fits.replace("async def", "def"),
        fits.replace("tool_name='a'", "'a'"),
        fits.replace("tool_name='a'", "size=1"),
        fits.replace("    FakeTool(", "    isinstance(1, FakeTool)\n    FakeTool("),
        fits.replace("execute", "run"),
    ):
        assert found(plan_for({path: other}, review=True), path)[0].startswith("advice: ")
