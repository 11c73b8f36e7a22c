"""Decisions steer a plan: what is rejected is not made, what is accepted is, and nothing else changes."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from ssot_migrate.decisions import Decision, Ruling, decide
from ssot_migrate.decisions.file import save
from ssot_migrate.findings import Finding, State
from ssot_migrate.model import Safety
from ssot_migrate.plans.model import Plan
from ssot_migrate.workflow import Request, apply_plan, make_plan

BASE = """\
import unittest


class TeamCase(unittest.TestCase):
    pass
"""
TEST = """\
import os

from api.base import TeamCase


class TestApi(TeamCase):
    def test_url(self):
        self.assertEqual(os.environ.get("URL"), os.environ["URL"])
"""
HELD = """\
import os

os.putenv("A", "1")
"""
Planner = Callable[..., Plan]


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """A repository with a base class, a test on it that reads the environment, and a change for review."""
    root = tmp_path / "repo"
    (root / "api").mkdir(parents=True)
    for name, text in {"base.py": BASE, "test_api.py": TEST, "held.py": HELD, "__init__.py": ""}.items():
        (root / "api" / name).write_text(text)
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "base"]):
        subprocess.run(["git", "-C", str(root), *command], check=True)
    return root


@pytest.fixture
def plan(repo: Path) -> Planner:
    """Plan ``repo`` under decisions, with the caches that earlier plans left."""

    def make(*decisions: Decision, **options: bool) -> Plan:
        request = Request(path=str(repo), decisions=decisions, **options)  # type: ignore[arg-type]
        return make_plan(request, lambda *_: None)

    return make


def the(plan: Plan, path: str, rule: str) -> Finding:
    """The first finding of a rule in a file."""
    return next(f for f in plan.findings if f.path == path and f.rule == rule)


def texts(plan: Plan, path: str) -> list[str]:
    """What the edits of a file put there."""
    return [edit.text for file in plan.files if file.path == path for edit in file.edits]


def test_a_rejected_change_is_not_made(plan: Planner) -> None:
    """Its state and ledger bucket say so, with the reason, and the rest of the file is changed as before."""
    before = plan()
    read = the(before, "api/test_api.py", "direct-env-access")
    after = plan(decide(read, Ruling.REJECT, "on purpose"))

    rejected = the(after, "api/test_api.py", "direct-env-access")
    assert (rejected.state, rejected.message) == (State.REJECTED, "on purpose")
    assert rejected.fingerprint == read.fingerprint
    assert len([text for text in texts(after, "api/test_api.py") if "env" in text]) == 1
    assert next(t for t in after.ledger if t.rule == "direct-env-access").buckets["rejected"] == 1
    assert after.digest != before.digest


def test_what_counts_on_a_rejected_change_is_decided_again(plan: Planner) -> None:
    """Without the class's new base, its tests go through the accessor instead of the instance."""
    before = plan()
    base = the(before, "api/base.py", "legacy-base-class")
    assert any("self." in text for text in texts(before, "api/test_api.py"))

    after = plan(decide(base, Ruling.QUARANTINE))
    assert the(after, "api/base.py", "legacy-base-class").state is State.QUARANTINED
    assert not [file for file in after.files if file.path == "api/base.py"]
    assert not any("self." in text for text in texts(after, "api/test_api.py"))


def test_an_accepted_held_change_is_made(plan: Planner, repo: Path) -> None:
    """It is applied as one for review, and no other held change is."""
    held = the(plan(), "api/held.py", "direct-env-access")
    assert held.state is State.HELD
    steered = plan(decide(held, Ruling.ACCEPT))

    made = the(steered, "api/held.py", "direct-env-access")
    assert (made.state, made.safety) == (State.CHANGED, Safety.REVIEW)
    apply_plan(steered, Request(path=str(repo)), in_place=True)
    assert "os.putenv" not in (repo / "api" / "held.py").read_text()


def test_caches_know_decisions(plan: Planner) -> None:
    """With the caches of other decisions a plan is what it is without any, and going back gives the first."""
    first = plan()
    rulings = [
        decide(the(first, "api/base.py", "legacy-base-class"), Ruling.REJECT),
        decide(the(first, "api/held.py", "direct-env-access"), Ruling.ACCEPT),
    ]
    for decisions in (rulings, rulings[:1], rulings[1:], []):
        assert plan(*decisions) == plan(*decisions, use_cache=False)
    assert plan() == first


def test_a_decision_about_nothing_is_told(plan: Planner) -> None:
    """A fingerprint that is gone is listed in the plan; one that an accepted change serves is not."""
    held = decide(the(plan(), "api/held.py", "direct-env-access"), Ruling.ACCEPT)
    gone = Decision("0" * 16, Ruling.REJECT, "ad-hoc-mock", "api/gone.py")
    assert plan(gone, held).unmatched == (gone,)


def test_edits_name_their_findings(plan: Planner) -> None:
    """Every edit of a changed file serves findings of that file, or is one of import lines."""
    made = plan(include_review=True)
    prints = {f.fingerprint: f for f in made.findings if f.state is State.CHANGED}
    served = {print_ for file in made.files for edit in file.edits for print_ in edit.findings}
    assert served == set(prints)
    for file in made.files:
        if not file.foundation or file.before:
            assert all("import" in edit.text or not edit.text for edit in file.edits if not edit.findings)


def test_apply_obeys_a_decisions_file(repo: Path, plan: Planner, tmp_path: Path) -> None:
    """The command line plans by the file, and refuses to bend a sealed plan to it."""
    from ssot_migrate.cli import main

    decisions, sealed = tmp_path / "decisions.txt", tmp_path / "plan.json"
    save([decide(the(plan(), "api/base.py", "legacy-base-class"), Ruling.REJECT)], decisions)
    with pytest.raises(SystemExit):
        main(["plan", str(repo), "--out", str(sealed)])
    with pytest.raises(SystemExit) as ended:
        main(["apply", str(repo), "--plan", str(sealed), "--decisions", str(decisions)])
    assert ended.value.code == 2
    with pytest.raises(SystemExit) as ended:
        main(["apply", str(repo), "--decisions", str(decisions), "--in-place"])
    assert ended.value.code == 0
    assert (repo / "api" / "base.py").read_text() == BASE
