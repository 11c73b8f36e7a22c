"""What tests have shown stands on the page, quoted."""

from __future__ import annotations

from ssot_migrate.plans.model import SCHEMA, Plan
from ssot_migrate.reports.lined import BaseTexts
from ssot_migrate.review.data import Material
from ssot_migrate.review.page import render
from ssot_migrate.verify.model import Difference, SetAside, Verification


def test_regressions_and_changes_set_aside_are_shown() -> None:
    """The verdict, each test that is worse, and a link to each change that was set aside."""
    plan = Plan(SCHEMA, "1", "b" * 40, "p", (), (), (), (), (), (), (), digest="d" * 64)
    proof = Verification(
        "api",
        "b" * 40,
        "c" * 40,
        "pytest",
        tests=10,
        passed=8,
        regressions=(Difference("test_<b>", "outcome", "passed", "failed"),),
        set_aside=tuple(SetAside("f" * 16, "environment", "api/a.py", 3, f"test_{n}", "E") for n in "ab"),
    )
    page = render(Material(plan, plan, (), BaseTexts(lambda _: b""), {}, proof), {}, title="t")
    assert "Not proven." in page
    assert "8 of 10 tests pass before and after" in page
    assert "<code>test_&lt;b&gt;</code> outcome: passed before, failed after" in page
    assert "1 changes are set aside" in page
    assert f'data-go="change/{"f" * 16}">api/a.py:3' in page
    assert "Verification</h2>" not in render(
        Material(plan, plan, (), BaseTexts(lambda _: b"")), {}, title="t"
    )
