"""``check`` as CI calls it: what fails it and what does not, and what counts for the score."""

from __future__ import annotations

import pytest

from ssot_migrate.errors import ExitCode
from tests.compliance.checked import ACCEPT, BASELINE, report
from tests.compliance.conftest import COMPLIANT, Repo, Run

RULE = 'id = "SSOT901"\nsummary = "s"\nfrom = "os.path.getsize"\nsafety = "advice"\n'
ALLOW = "ssot: " + "allow[direct-env-access]"


def test_violations_fail_where_nothing_is_accepted(run: Run) -> None:
    """Without a baseline every violation is new; the score counts sites of all services."""
    done = run("check", "--format", "json")
    found = report(done)

    assert done.returncode == ExitCode.DEBT
    assert [v["finding"]["path"] for v in found["violations"]] == ["api/config.py"] * 3
    assert found["score"] == 1 / 4
    assert [(c["service"], c["category"], c["sites"], c["compliant"]) for c in found["categories"]] == [
        ("api", "environment", 3, 0),
        ("web", "environment", 1, 1),
    ]


def test_clean_code_passes(repo: Repo, run: Run) -> None:
    """Compliant code has the full score and no violation."""
    repo.commit(api__config=COMPLIANT)
    done = run("check")

    assert done.returncode == ExitCode.OK
    assert "Compliance 100.0 %" in done.stdout
    assert "Tests not executed" in done.stdout


def test_the_runtime_alone_is_no_adoption(repo: Repo, run: Run) -> None:
    """What the files of `init` use of each other says nothing about the code that is to be migrated."""
    repo.commit(api__config="A = 1\n", web__config="B = 1\n")
    assert run("init").returncode == ExitCode.OK
    repo.commit("the runtime")

    assert "Compliance no sites" in run("check").stdout


def test_code_without_a_site_has_no_score(repo: Repo, run: Run) -> None:
    """Nothing to be compliant with is no hundred per cent."""
    repo.commit(api__config="A = 1\n", web__config="B = 1\n")
    done = run("check")

    assert done.returncode == ExitCode.OK
    assert "Compliance no sites" in done.stdout


def test_a_suppression_counts_neither_for_nor_against(repo: Repo, run: Run) -> None:
    """A reason in the code takes a site out of the score; one that suppresses nothing is a violation."""
    repo.commit(api__config=f"import os\nA = os.environ['A']  # {ALLOW} vendor reads it\n")
    assert report(run("check", "--format", "json"))["score"] == 1
    repo.commit(api__config=f"A = 1  # {ALLOW} vendor reads it\n")
    done = run("check", *BASELINE)
    assert done.returncode == ExitCode.DEBT
    assert "nothing to suppress here" in done.stdout
    assert run("check", *ACCEPT).returncode == ExitCode.OK


def test_weights_come_from_the_settings(repo: Repo, run: Run) -> None:
    """A category of weight nothing is left out; one that there is not is an error that names them."""
    (repo.root / "ssot.toml").write_text("[weights]\nenvironment = 0\n")
    assert report(run("check", "--format", "json")).get("score") is None
    (repo.root / "ssot.toml").write_text("[weights]\nenviron = 2\n")
    done = run("check")
    assert done.returncode == ExitCode.USAGE
    assert "base-classes" in done.stderr


def test_a_plan_says_the_same_score(repo: Repo, run: Run) -> None:
    """Under weights, too; and neither rounds up to what is not so."""
    (repo.root / "ssot.toml").write_text("[weights]\nenvironment = 1\nteam = 5\n[custom.old-path]\n" + RULE)
    repo.commit(web__paths="import os.path\nA = os.path.getsize('a')\n")
    checked = report(run("check", "--format", "json"))["score"]

    assert checked == 1 / (4 + 5)
    plan = run("plan").stdout
    assert "Compliance 11.1 % today (1 of 5 sites, weighted)" in plan
    assert "Compliance 11.1 %" in run("check").stdout


@pytest.mark.parametrize(
    "options", [("--update",), ("--accept", "why"), (*BASELINE, "--until", "2026-01-01"), ("--until", "soon")]
)
def test_options_that_make_no_sense_together(run: Run, options: tuple[str, ...]) -> None:
    """They are refused before anything is read."""
    assert run("check", *options).returncode == ExitCode.USAGE
