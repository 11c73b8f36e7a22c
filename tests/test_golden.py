"""Every migration over its golden folder, and all migrations over all folders.

``tests/golden/<rule>/before`` is a small repository, ``after`` what it becomes and
``findings.txt`` what the command prints. ``--update-golden`` rewrites the two; the review
is the diff.
"""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from ssot_migrate.engine.registry import all_rules
from ssot_migrate.model import State
from ssot_migrate.plans.model import Plan
from ssot_migrate.reports.lines import lines
from ssot_migrate.workflow import Request, apply_plan, make_plan

GOLDEN = Path(__file__).parent / "golden"
DATE = "2026-01-01T00:00:00Z"
SLUGS = [rule.slug for rule in all_rules()]


def folder_of(slug: str) -> Path:
    """The golden folder of a rule."""
    return GOLDEN / slug.replace("-", "_")


def git(repo: Path, *arguments: str) -> None:
    """Run git in ``repo`` under an identity of the tests' own."""
    identity = (
        "-c",
        "user.name=Golden",
        "-c",
        "user.email=golden@example.invalid",
        "-c",
        "core.autocrlf=false",
    )
    dated = os.environ | {"GIT_AUTHOR_DATE": DATE, "GIT_COMMITTER_DATE": DATE}
    subprocess.run(
        ["git", "-C", str(repo), *identity, *arguments], check=True, capture_output=True, env=dated
    )


def repository(source: Path, where: Path) -> Path:
    """A git repository at ``where`` that holds a copy of ``source`` as its only commit."""
    shutil.copytree(source, where)
    git(where, "init", "-q")
    commit(where)
    return where


def commit(repo: Path) -> None:
    """Commit all of the working tree, at a date that never changes."""
    git(repo, "add", "-A")
    git(repo, "commit", "-q", "--allow-empty", "-m", "base")


def quiet(stage: str, done: int, total: int) -> None:
    """Show no progress."""


def plan_of(repo: Path, *rules: str) -> Plan:
    """A plan over ``repo`` without cache."""
    return make_plan(Request(path=str(repo), rules=rules, use_cache=False), quiet)


def contents(root: Path) -> dict[str, bytes]:
    """All files below ``root`` but git's, by relative path."""
    files = (path for path in sorted(root.rglob("*")) if path.is_file() and ".git" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether goldens are to be rewritten."""
    return bool(request.config.getoption("--update-golden"))


@pytest.mark.parametrize("slug", SLUGS)
def test_golden(slug: str, tmp_path: Path, update: bool) -> None:
    """A rule alone gives the golden result and findings, and finds nothing to change in its result."""
    golden = folder_of(slug)
    repo = repository(golden / "before", tmp_path / "repo")
    plan = plan_of(repo, slug)
    apply_plan(plan, Request(path=str(repo)), in_place=True)
    result = {path: data for path, data in contents(repo).items() if path in contents(golden / "before")}
    findings = "".join(f"{line}\n" for line in lines(plan))
    if update:
        write(golden / "after", result)
        (golden / "findings.txt").write_text(findings, "utf-8")

    assert contents(golden / "after") == result
    assert (golden / "findings.txt").read_text("utf-8") == findings
    assert_second_run_is_silent(repo, slug)


@pytest.mark.parametrize("slug", SLUGS)
def test_all_rules_together(slug: str, tmp_path: Path) -> None:
    """All rules on one rule's folder compose: the result parses and a second run changes nothing."""
    repo = repository(folder_of(slug) / "before", tmp_path / "repo")
    before = contents(repo)
    plan = plan_of(repo)
    apply_plan(plan, Request(path=str(repo)), in_place=True)

    assert not [problem for problem in plan.problems if "crash" in problem.message]
    assert_ledger_covers_all_rules(plan)
    for path, data in contents(repo).items():
        if path.endswith(".py") and data != before.get(path) and parses(before.get(path, b"")):
            ast.parse(data)
    assert_second_run_is_silent(repo)


def assert_ledger_covers_all_rules(plan: Plan) -> None:
    """Every rule has its line, whose buckets add up, and no state of its findings lacks its hits."""
    assert [tally.rule for tally in plan.ledger] == SLUGS
    for tally in plan.ledger:
        assert sum(tally.buckets.values()) == tally.total
        states = {finding.state.value for finding in plan.findings if finding.rule == tally.rule}
        assert {state.value for state in State} & tally.buckets.keys() <= states


def parses(data: bytes) -> bool:
    """Whether the running Python reads ``data``."""
    try:
        ast.parse(data)
    except (SyntaxError, ValueError):
        return False
    return True


def assert_second_run_is_silent(repo: Path, *rules: str) -> None:
    """After a plan is applied, another finds nothing safe left to do."""
    commit(repo)
    again = plan_of(repo, *rules)
    assert [f for f in again.findings if f.state in (State.CHANGED, State.GATED)] == []
    assert again.files == ()


def write(root: Path, files: dict[str, bytes]) -> None:
    """Make ``root`` hold exactly ``files``."""
    shutil.rmtree(root, ignore_errors=True)
    for path, data in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data)


def test_every_rule_has_a_golden_folder() -> None:
    """Folders and rules match both ways."""
    assert sorted(folder_of(slug).name for slug in SLUGS) == sorted(
        p.name for p in GOLDEN.iterdir() if p.is_dir()
    )
