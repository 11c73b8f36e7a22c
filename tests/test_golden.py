"""Every migration over its golden folder, and all migrations over all folders.

``tests/golden/<rule>/before`` is a small repository, ``after`` what it becomes and
``findings.txt`` what the command prints. ``--update-golden`` rewrites the two; the review
is the diff.
"""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from ssot_migrate.engine.registry import all_rules
from ssot_migrate.findings import State
from ssot_migrate.plans.model import Plan
from ssot_migrate.workflow import Request, apply_plan, make_plan
from ssot_migrate.workflow.golden import (
    commit,
    contents,
    differences,
    left_to_do,
    repository,
    run_golden,
    write_golden,
)

GOLDEN = Path(__file__).parent / "golden"
SLUGS = [rule.slug for rule in all_rules()]


def folder_of(slug: str) -> Path:
    """The golden folder of a rule."""
    return GOLDEN / slug.replace("-", "_")


def quiet(stage: str, done: int, total: int) -> None:
    """Show no progress."""


def plan_of(repo: Path) -> Plan:
    """A plan of all rules over ``repo`` without cache."""
    return make_plan(Request(path=str(repo), use_cache=False), quiet)


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether goldens are to be rewritten."""
    return bool(request.config.getoption("--update-golden"))


@pytest.mark.parametrize("slug", SLUGS)
def test_golden(slug: str, update: bool) -> None:
    """A rule alone gives the golden result and findings, and finds nothing to change in its result."""
    golden = folder_of(slug)
    outcome = run_golden(golden, Request(rules=(slug,)))
    if update:
        write_golden(golden, outcome)
    assert "".join(differences(golden, outcome)) == ""


@pytest.mark.parametrize("slug", SLUGS)
def test_all_rules_together(slug: str, tmp_path: Path) -> None:
    """All rules on one rule's folder compose: the result parses and a second run changes nothing."""
    repo = tmp_path / "repo"
    git = repository(folder_of(slug) / "before", repo)
    before = contents(repo)
    plan = plan_of(repo)
    apply_plan(plan, Request(path=str(repo)), in_place=True)

    assert not [problem for problem in plan.problems if "crash" in problem.message]
    assert_ledger_covers_all_rules(plan)
    for path, data in contents(repo).items():
        if path.endswith(".py") and data != before.get(path) and parses(before.get(path, b"")):
            ast.parse(data)
    commit(git)
    assert left_to_do(plan_of(repo)) == ()


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


def test_every_rule_has_a_golden_folder() -> None:
    """Folders and rules match both ways."""
    assert sorted(folder_of(slug).name for slug in SLUGS) == sorted(
        p.name for p in GOLDEN.iterdir() if p.is_dir()
    )
