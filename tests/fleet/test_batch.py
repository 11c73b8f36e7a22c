"""``batch`` from a fleet.toml to branches at the remotes."""

from __future__ import annotations

import sqlite3
import sys

import pytest

from ssot_migrate.engine.inputs import LITTLE_BYTES
from ssot_migrate.errors import ExitCode
from ssot_migrate.fleet.records import plan_of
from ssot_migrate.fleet.state import State
from ssot_migrate.plans.store import parse
from yard import LEGACY, Yard


def test_a_fleet_is_planned_applied_and_pushed(three: Yard) -> None:
    """Each repository has its own outcome, and its remote one branch per service under a name that stays."""
    expected = {"one": "done", "two": "done", "clean": "nothing to do"}
    assert three.outcomes("plan") == expected
    assert three.outcomes("apply") == expected
    assert three.outcomes("push") == expected
    names = {"main", "ssot-migrate/app", "ssot-migrate/foundation", "ssot-migrate/web"}
    assert set(three.branches("one")) == set(three.branches("two")) == names
    assert set(three.branches("clean")) == {"main"}
    shown = three.git("remotes/one.git", "show", "ssot-migrate/app:app/config.py")
    assert "get_env()" in shown or "environ" not in shown


def test_a_second_push_pushes_nothing(three: Yard) -> None:
    """The remote's branches are not touched again, not even if the fleet's state is lost."""
    three.batch("push")
    before = three.branches("one")
    assert set(three.outcomes("push").values()) == {"nothing to do"}
    for left in (three.root / ".ssot-fleet").iterdir():
        left.unlink()
    assert set(three.outcomes("push").values()) == {"nothing to do"}
    assert three.branches("one") == before


def test_a_branch_follows_its_base(three: Yard) -> None:
    """When main moves on, the same remote branch is replaced by one on the new base."""
    three.batch("push")
    before = three.branches("one")
    moved = three.commit(three.root / "repos" / "one", "more")
    three.batch("plan")
    assert three.outcomes("push")["one"] == "done"
    after = three.branches("one")
    assert set(after) == set(before)
    assert after["ssot-migrate/app"] != before["ssot-migrate/app"]
    assert three.git("remotes/one.git", "merge-base", "main", "ssot-migrate/app") == moved


def test_somebody_elses_work_is_not_overwritten(three: Yard) -> None:
    """A branch that has a commit of a person's is held, with the state of the fleet and without."""
    three.batch("push")
    clone = three.root / "clone"
    three.git(".", "clone", "-q", "-b", "ssot-migrate/app", str(three.root / "remotes/one.git"), str(clone))
    three.git(clone, "commit", "-q", "--allow-empty", "-m", "mine")
    three.git(clone, "push", "-q")
    three.commit(three.root / "repos" / "one", "more")
    mine = three.branches("one")["ssot-migrate/app"]
    three.batch("plan")
    assert three.outcomes("push")["one"] == "held"
    with sqlite3.connect(three.root / ".ssot-fleet" / "fleet.sqlite") as database:
        database.execute("DELETE FROM branch")
    assert three.outcomes("push")["one"] == "held"
    assert three.branches("one")["ssot-migrate/app"] == mine


def test_commits_that_nobody_has_published_are_not_pushed(three: Yard) -> None:
    """A folder that is ahead of its remote fails with a reason; the others are pushed."""
    repo = three.root / "repos" / "one"
    three.git(repo, "commit", "-q", "--allow-empty", "-m", "private")
    done = three.batch("push")
    assert done.returncode == ExitCode.PARTIAL
    assert "is not in the remote's main" in done.stdout
    assert set(three.branches("one")) == {"main"}
    assert "ssot-migrate/app" in three.branches("two")


def test_one_broken_repository_costs_itself(three: Yard) -> None:
    """It fails with a reason; ``--only failed`` takes it alone, once it is mended."""
    broken = three.root / "repos" / "broken"
    three.git(".", "init", "-q", "-b", "main", str(broken))
    assert three.outcomes("plan") == {
        "one": "done",
        "two": "done",
        "clean": "nothing to do",
        "broken": "failed",
    }
    broken.rename(three.root / "away")
    three.repository("broken", LEGACY)
    assert three.outcomes("plan", "--only", "failed") == {"broken": "done"}


def test_a_large_repository_is_planned_by_processes_of_its_own(yard: Yard) -> None:
    """What is too much to be read in one process is spread over others, which end as they should."""
    filler = "VALUE = 1\n" * (LITTLE_BYTES // 10 + 1)
    yard.repository("large", {**LEGACY, "app/more.py": f'import os\n\nA = os.environ["A"]\n{filler}'})
    yard.fleet(head="seconds = 120")
    assert yard.outcomes("plan") == {"large": "done"}


def test_groups_have_rules_and_profiles_of_their_own(three: Yard) -> None:
    """Only a group's rules are planned, onto its profile; a bare repository is one like any other."""
    groups = (
        'repositories = ["repos/one"]\nrules = ["hollow-test"]',
        '[[group]]\nname = "bare"\nrepositories = ["remotes/two.git"]\nrules = ["direct-env-access"]',
        '[[group]]\nname = "netra"\nrepositories = ["repos/two"]\nprofile = "netra"\ninclude-review = true',
    )
    three.fleet("\n".join(groups))
    assert three.outcomes("plan") == {"one": "nothing to do", "two.git": "done", "two": "held"}
    with State(three.root / ".ssot-fleet") as state:
        plans = {unit: parse(plan_of(state, unit), unit) for unit in ("remotes/two.git", "repos/two")}
    assert {unit: plan.profile for unit, plan in plans.items()} == {
        "remotes/two.git": "bundled",
        "repos/two": "netra",
    }


@pytest.mark.heavy
def test_verify_runs_the_tests_of_each_unit(yard: Yard) -> None:
    """A unit whose tests pass before and after is done, one whose tests a change breaks is held."""
    good = "import app.config\n\n\ndef test_a():\n    assert app.config.A == 'x'\n"
    bad = (
        "import pathlib\n\nimport app.config\n\n\ndef test_b():\n    assert app.config.A\n"
        "    assert 'os.environ' in pathlib.Path('app/config.py').read_text()\n"
    )
    yard.env |= {"A": "x", "B": "y"}
    yard.repository("good", LEGACY | {"tests/test_a.py": good})
    yard.repository("bad", LEGACY | {"tests/test_b.py": bad})
    yard.fleet(f'repositories = ["repos/*"]\ntest-command = "{sys.executable} -m pytest -p no:cacheprovider"')
    done = yard.outcomes("verify")
    assert done == {"good": "done", "bad": "held"}, yard.batch("status").stdout


def test_urls_are_fetched_and_lists_are_read(three: Yard) -> None:
    """A URL of a list that another tool wrote is cloned for the run, and pushed to."""
    url = f"file://{three.root}/remotes/two.git"
    (three.root / "list.json").write_text(f'[{{"name": "two", "url": "{url}"}}]')
    three.fleet('from = "list.json"')
    assert list(three.outcomes("push").values()) == ["done"]
    assert "ssot-migrate/web" in three.branches("two")
    assert "ssot-migrate/web" not in three.branches("one")
