"""The whole tool on the shipped monorepo: plan, apply, branches merged, suites run."""

from __future__ import annotations

import subprocess
from collections import Counter
from pathlib import Path

import pytest

import example
from ssot_migrate.errors import ExitCode
from ssot_migrate.findings import State
from ssot_migrate.plans.store import load
from tests.end_to_end.migration import DONE, Migration, environment, make_dirty, tool


@pytest.fixture(scope="module")
def migration(tmp_path_factory: pytest.TempPathFactory) -> Migration:
    """Plan, then apply the plan."""
    home = tmp_path_factory.mktemp("migration")
    env = environment(home)
    repo = example.lay_out(home / "repo", env)
    make_dirty(repo)
    before = example.state(repo)
    planned = tool(env, repo, "plan", "--out", str(home / "plan.json"))
    assert planned.returncode in DONE, planned.stderr
    applied = tool(env, repo, "apply", "--plan", str(home / "plan.json"))
    assert applied.returncode in DONE, applied.stderr
    return Migration(home, repo, env, example.branches(repo, env), before, example.state(repo))


def run_suite(migration: Migration, where: Path, *chosen: str) -> Counter[example.Case]:
    """The tests of a tree that must be green, with their outcomes."""
    report = migration.home / f"{where.name}.xml"
    done = subprocess.run(
        example.suite(report, *chosen),
        cwd=where,
        env=migration.env,
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stdout[-6000:]
    return example.cases(report)


@pytest.fixture(scope="module")
def legacy(migration: Migration) -> Counter[example.Case]:
    """The tests of the base and their outcomes."""
    return run_suite(migration, example.merged(migration.repo, migration.home / "legacy", [], migration.env))


def test_nothing_but_branches_is_written(migration: Migration) -> None:
    """Each byte of a dirty working tree, the index and HEAD stay through plan and apply."""
    assert migration.after == migration.before
    assert migration.branches[0].startswith("ssot/foundation/")
    assert len(migration.branches) > 2


def test_branches_speak_of_commits_only(migration: Migration) -> None:
    """What is not committed is neither planned nor lost: the branch has the base's text, migrated."""
    plan = load(migration.home / "plan.json")
    paths = {file.path for file in plan.files}
    assert "common/new.py" not in paths
    changed = next(name for name in migration.branches if "/backend/" in name)
    text = example.run(["git", "show", f"{changed}:backend/app/api.py"], migration.repo, migration.env)
    assert "# not committed" not in text


def test_in_place_gives_the_same_texts_as_the_branches(migration: Migration, tmp_path: Path) -> None:
    """Both ways of applying one plan end in the same bytes."""
    own = example.lay_out(tmp_path / "repo", migration.env)
    plan = migration.home / "plan.json"
    assert migration.tool("apply", "--in-place", "--plan", str(plan), where=own).returncode in DONE
    merged = example.merged(migration.repo, tmp_path / "merged", migration.branches, migration.env)
    assert texts(own, plan) == texts(merged, plan)


def texts(tree: Path, plan: Path) -> dict[str, bytes]:
    """The planned files as they stand in a working tree."""
    return {file.path: (tree / file.path).read_bytes() for file in load(plan).files}


def test_a_runtime_that_stands_already_changes_no_edit(migration: Migration, tmp_path: Path) -> None:
    """Whoever runs `init` first and commits gets the same texts as whoever lets the plan vendor it."""
    own = example.lay_out(tmp_path / "repo", migration.env)
    example.run(["git", "switch", "--quiet", "--create", "runtime"], own, migration.env)
    assert migration.tool("init", where=own).returncode == ExitCode.OK
    example.run(["git", "add", "--all"], own, migration.env)
    example.run(["git", "commit", "--quiet", "--message", "runtime"], own, migration.env)
    assert migration.tool("plan", "--out", str(tmp_path / "plan.json"), where=own).returncode in DONE
    assert results(tmp_path / "plan.json") == results(migration.home / "plan.json")


def results(plan: Path) -> dict[str, str]:
    """What becomes of the files that were there before, by blob id."""
    return {file.path: file.steps[-1].after for file in load(plan).files if file.before}


def test_a_second_plan_is_silent(migration: Migration, tmp_path: Path) -> None:
    """Once all branches are merged, nothing safe is left to do."""
    merged = example.merged(migration.repo, tmp_path / "silent", migration.branches, migration.env)
    again = tmp_path / "again.json"
    assert migration.tool("plan", "--out", str(again), where=merged).returncode in DONE
    plan = load(again)
    assert plan.files == ()
    assert [f for f in plan.findings if f.state in (State.CHANGED, State.GATED)] == []


def test_a_file_changed_since_is_refused_by_name(migration: Migration, tmp_path: Path) -> None:
    """The others are applied, the exit status says that the plan is stale."""
    own = example.lay_out(tmp_path / "repo", migration.env)
    path = next(file.path for file in load(migration.home / "plan.json").files if file.before)
    with (own / path).open("ab") as stream:
        stream.write(b"\n")
    example.run(["git", "commit", "-qam", "later"], own, migration.env)
    applied = migration.tool("apply", "--plan", str(migration.home / "plan.json"), where=own)
    assert applied.returncode == ExitCode.STALE
    assert path in applied.stderr


@pytest.mark.heavy
@pytest.mark.parametrize("backwards", [False, True], ids=["forwards", "backwards"])
def test_merged_in_any_order_the_suite_is_the_same(
    migration: Migration, legacy: Counter[example.Case], tmp_path: Path, backwards: bool
) -> None:
    """The foundation may come first or last: the same tests with the same outcomes."""
    names = migration.branches[::-1] if backwards else migration.branches
    merged = example.merged(migration.repo, tmp_path / f"merged-{backwards}", names, migration.env)
    outcomes = run_suite(migration, merged)
    assert (outcomes - legacy, legacy - outcomes) == (Counter(), Counter())


@pytest.mark.heavy
def test_each_branch_alone_keeps_the_suite(
    migration: Migration, legacy: Counter[example.Case], tmp_path: Path
) -> None:
    """A branch without its sisters breaks no test, of its own service or of another."""
    for number, name in enumerate(migration.branches):
        alone = example.merged(migration.repo, tmp_path / f"alone-{number}", [name], migration.env)
        outcomes = run_suite(migration, alone)
        assert (outcomes - legacy, legacy - outcomes) == (Counter(), Counter()), name
