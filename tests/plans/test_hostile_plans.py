"""A plan file that somebody wrote by hand is refused with a reason."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from ssot_migrate.errors import PlanTampered
from ssot_migrate.plans.check import path_fault
from ssot_migrate.plans.model import Plan, PlannedEdit, Step
from ssot_migrate.plans.store import dump, load
from tests.plans.sealed import AFTER, BEFORE, RULES, file_plan, plan_of

Forge = Callable[..., Path]


@pytest.fixture
def forge(tmp_path: Path) -> Forge:
    """Write a plan that was never checked, with a digest that fits: what an attacker would do."""

    def write(plan: Plan) -> Path:
        digest = hashlib.sha256(dump(msgspec.structs.replace(plan, digest=""))).hexdigest()
        path = tmp_path / "forged.json"
        path.write_bytes(dump(msgspec.structs.replace(plan, digest=digest)))
        return path

    return write


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/etc/passwd",
        "../outside.py",
        "a/../../b.py",
        "a//b.py",
        "./a.py",
        "a/.",
        "a/",
        ".git/config",
        "vendored/.GIT/hooks/pre-commit",
        ".git./config",
        ".git /config",
        "git~1/config",
        ".git::$INDEX_ALLOCATION/config",
        ".g\u200cit/config",
        "a\\b.py",
        "C:/a.py",
        "a\0b.py",
        "a/" * 3000 + "b.py",
    ],
)
def test_hostile_paths_are_refused(forge: Forge, path: str) -> None:
    """No path leaves the working tree or reaches into .git, under any file system's rules."""
    with pytest.raises(PlanTampered):
        load(forge(plan_of(file_plan(path=path))))


@pytest.mark.parametrize("path", ["a.py", ".github/a.yml", "a b/\n.py", "dir.git/x", "ünï.py", ".gitignore"])
def test_plain_paths_are_not_faulted(path: str) -> None:
    """Unusual but lawful names pass."""
    assert path_fault(path) == ""


def test_path_that_is_not_utf8_has_a_fault() -> None:
    """A name that JSON cannot carry is told apart before a plan is made."""
    assert "UTF-8" in path_fault("caf\udce9.py")


@pytest.mark.parametrize(
    "change",
    [
        {"before": "HEAD"},
        {"before": BEFORE.upper()},
        {"before": BEFORE[:39]},
        {"steps": (Step("environment", "--help"),), "edits": ()},
        {"mode": "120000"},
        {"mode": "160000"},
        {"mode": "100777"},
        {"encoding": "no-such"},
        {"encoding": "rot13"},
        {"encoding": "idna"},
        {"encoding": "utf\0"},
        {"steps": (), "edits": ()},
        {"steps": (Step("unknown", AFTER),), "edits": ()},
        {"steps": (Step("mocks", AFTER), Step("environment", AFTER)), "edits": ()},
        {"steps": (Step("mocks", AFTER), Step("mocks", AFTER)), "edits": ()},
        {"edits": (PlannedEdit(0, 1, "", 0, 2),)},
        {"edits": (PlannedEdit(0, 1, "", -1, 1),)},
        {"edits": (PlannedEdit(0, 1, "", 1, 0),)},
        {"edits": (PlannedEdit(-1, 1, "", 0, 1),)},
        {"edits": (PlannedEdit(5, 4, "", 0, 1),)},
        {"edits": (PlannedEdit(0, 5, "", 0, 1), PlannedEdit(4, 6, "", 1, 1))},
        {"edits": (PlannedEdit(8, 9, "", 0, 1), PlannedEdit(0, 1, "", 0, 1))},
    ],
    ids=repr,
)
def test_hostile_files_are_refused(forge: Forge, change: dict[str, Any]) -> None:
    """Ids, modes, encodings, steps and edits that no planner writes are refused, digest or not."""
    with pytest.raises(PlanTampered, match="api/a.py"):
        load(forge(plan_of(file_plan(**change))))


def test_edits_of_different_steps_may_share_a_place(forge: Forge) -> None:
    """An import line that a later step rewrites ends where its successor begins."""
    edits = (PlannedEdit(0, 4, "import a", 0, 0), PlannedEdit(0, 4, "import a, b", 1, 1))
    assert load(forge(plan_of(file_plan(edits=edits)))).files[0].edits == edits


@pytest.mark.parametrize("names", [("a.py", "a.py"), ("a", "a/b.py"), ("a/b", "a/b/c/d.py")])
def test_files_must_not_collide(forge: Forge, names: tuple[str, str]) -> None:
    """One path twice, or a file under a file, is refused."""
    with pytest.raises(PlanTampered):
        load(forge(plan_of(*(file_plan(path=name) for name in names))))


@pytest.mark.parametrize("change", [{"base": "main"}, {"base": "-" * 40}, {"rules": RULES + RULES[:1]}])
def test_hostile_heads_are_refused(forge: Forge, change: dict[str, Any]) -> None:
    """The base must be an object id, and no rule may be named twice."""
    with pytest.raises(PlanTampered):
        load(forge(plan_of(**change)))
