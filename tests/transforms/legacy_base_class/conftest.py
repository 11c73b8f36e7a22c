"""Small repositories as commits, what the base class rule finds in them, and what becomes of them."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from ssot_migrate.plans.model import Plan
from ssot_migrate.reports.lines import lines
from ssot_migrate.workflow import Request, apply_plan, make_plan

RULE = "legacy-base-class"


@pytest.fixture
def plan_for(tmp_path: Path) -> Callable[..., Plan]:
    """Plan the rule over files given by path; ``review`` includes what waits for one."""

    def plan(files: Mapping[str, str], *, review: bool = False) -> Plan:
        for path, text in files.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text, "utf-8")
        for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "base"]):
            subprocess.run(["git", "-C", str(tmp_path), *arguments], check=True, capture_output=True)
        request = Request(path=str(tmp_path), rules=(RULE,), include_review=review, use_cache=False)
        return make_plan(request, lambda *_: None)

    return plan


@pytest.fixture
def findings(plan_for: Callable[..., Plan]) -> Callable[[Mapping[str, str]], dict[str, str]]:
    """``state: message`` by ``path:line``."""

    def find(files: Mapping[str, str]) -> dict[str, str]:
        parts = (line.split(": ", 2) for line in lines(plan_for(files)))
        return {place: said for place, _, said in parts}

    return find


@pytest.fixture
def rewritten(plan_for: Callable[..., Plan], tmp_path: Path) -> Callable[..., dict[str, str]]:
    """The texts of the given files once the plan is applied."""

    def apply(files: Mapping[str, str], *, review: bool = False) -> dict[str, str]:
        apply_plan(plan_for(files, review=review), Request(path=str(tmp_path)), in_place=True)
        return {path: (tmp_path / path).read_text("utf-8") for path in files}

    return apply
