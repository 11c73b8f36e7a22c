"""Small repositories as commits, what the rule finds in them, and what becomes of them."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from ssot_migrate.plans.model import Plan
from ssot_migrate.reports.lines import lines
from ssot_migrate.workflow import Request, apply_plan, make_plan

RULE = "ad-hoc-mock"
Planner = Callable[..., Plan]


@pytest.fixture
def plan_for(tmp_path: Path) -> Planner:
    """Plan the rule over files given by path; ``review`` includes what waits for one."""

    def plan(files: Mapping[str, str], *, review: bool = False) -> Plan:
        for path, text in files.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text, "utf-8")
        for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-q", "--allow-empty", "-m", "base"]):
            subprocess.run(["git", "-C", str(tmp_path), *arguments], check=True, capture_output=True)
        request = Request(path=str(tmp_path), rules=(RULE,), include_review=review, use_cache=False)
        return make_plan(request, lambda *_: None)

    return plan


@pytest.fixture
def found() -> Callable[[Plan, str], list[str]]:
    """``state: message`` of a file's findings, by line."""

    def of(plan: Plan, path: str) -> list[str]:
        return [line.split(": ", 2)[2] for line in lines(plan) if line.startswith(f"{path}:")]

    return of


@pytest.fixture
def applied(tmp_path: Path) -> Callable[[Plan], Path]:
    """Write a plan into the working tree, and give its folder."""

    def apply(plan: Plan) -> Path:
        apply_plan(plan, Request(path=str(tmp_path)), in_place=True)
        return tmp_path

    return apply
