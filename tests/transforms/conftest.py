"""Suites that are run for real, before and after a plan is applied to them."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from ssot_migrate.plans.model import Plan
from ssot_migrate.workflow import Request, apply_plan, make_plan


@pytest.fixture
def migrated(tmp_path: Path) -> Callable[..., Plan]:
    """Commit files, apply all that some rules would change, held changes too, and give the plan."""

    def migrate(files: Mapping[str, str], *rules: str) -> Plan:
        for path, text in files.items():
            (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / path).write_text(text, "utf-8")
        for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "base"]):
            subprocess.run(["git", "-C", str(tmp_path), *arguments], check=True, capture_output=True)
        request = Request(path=str(tmp_path), rules=rules, include_review=True, use_cache=False)
        plan = make_plan(request, lambda *_: None)
        apply_plan(plan, request, in_place=True)
        return plan

    return migrate


@pytest.fixture
def outcome(tmp_path: Path) -> Callable[[], str]:
    """Run the suite in the working tree, and give pytest's last line without the duration."""

    def run() -> str:
        command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-p", "no:asyncio"]
        done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
        return done.stdout.strip().rpartition("\n")[2].partition(" in ")[0]

    return run
