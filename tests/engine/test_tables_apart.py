"""The tables of the index, made by a process each where files are very many."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pytest

from ssot_migrate.engine import asked, inputs
from ssot_migrate.engine.pool import Pool
from ssot_migrate.index.repository import Repository
from ssot_migrate.plans.model import Plan
from ssot_migrate.workflow import Request, make_plan

EXAMPLE = Path(__file__).parents[2] / "examples" / "legacy-monorepo"


def planned(root: Path) -> Plan:
    """A plan of all rules, from nothing."""
    return make_plan(Request(path=str(root), use_cache=False, include_review=True), lambda *_: None)


def test_a_plan_is_the_same_whoever_made_the_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each process starts from the tables that those before it have made."""
    root = tmp_path / "repo"
    shutil.copytree(EXAMPLE, root)
    for words in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "base"]):
        subprocess.run(["git", "-C", str(root), *words], check=True, capture_output=True)
    monkeypatch.setattr(inputs, "LITTLE_BYTES", 0)
    together = planned(root)
    made: list[int] = []
    prepare = asked._prepare

    def counting(repo: Repository, pool: Pool[int, bytes], steps: Sequence[Sequence[int]]) -> None:
        made.extend(map(len, steps))
        prepare(repo, pool, steps)

    monkeypatch.setattr(asked, "_AT_ONCE", 20)
    monkeypatch.setattr(asked, "_prepare", counting)
    assert planned(root) == together
    assert made == [1] * 5
