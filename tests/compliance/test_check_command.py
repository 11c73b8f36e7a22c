"""``check`` as CI calls it: what fails it, what does not, and what a baseline does in both directions."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from ssot_migrate.errors import ExitCode
from tests.compliance.conftest import COMPLIANT, LEGACY, Repo, Run

RULE = 'id = "SSOT901"\nsummary = "s"\nfrom = "os.path.getsize"\nsafety = "advice"\n'
BASELINE = ("--baseline", "ssot-baseline.txt")
ALLOW = "ssot: " + "allow[direct-env-access]"
ACCEPT = (*BASELINE, "--accept", "debt from before")


def report(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """The JSON that a run printed."""
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def lines(repo: Repo) -> list[str]:
    """The lines of the baseline that are no comments."""
    text = (repo.root / "ssot-baseline.txt").read_text()
    return [line for line in text.splitlines() if not line.startswith("#")]


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


def test_the_ratchet_turns_both_ways(repo: Repo, run: Run) -> None:
    """Accepted debt passes, new debt fails, a fixed line fails until it is taken out, and stays out."""
    assert run("check", *ACCEPT).returncode == ExitCode.OK
    assert len(lines(repo)) == 3
    assert all(line.endswith(" -- debt from before") for line in lines(repo))
    assert run("check", *BASELINE).returncode == ExitCode.OK

    repo.commit(web__more=LEGACY)
    done = run("check", *BASELINE, "--format", "json")
    assert done.returncode == ExitCode.DEBT
    new = [v["finding"]["path"] for v in report(done)["violations"] if v.get("status", "new") == "new"]
    assert new == ["web/more.py"] * 3

    repo.commit(web__more="", api__config=LEGACY.replace('    return os.environ["URL"]\n', ""))
    done = run("check", *BASELINE)
    assert done.returncode == ExitCode.DEBT
    assert "api/config.py: fixed, but still in the baseline" in done.stdout
    assert run("check", *BASELINE, "--update").returncode == ExitCode.OK
    assert len(lines(repo)) == 2

    repo.commit(api__config=LEGACY)
    assert run("check", *BASELINE).returncode == ExitCode.DEBT


def test_update_never_adds(repo: Repo, run: Run) -> None:
    """``--update`` only shrinks: what is new goes on failing."""
    run("check", *ACCEPT)
    repo.commit(web__more=LEGACY)
    before = lines(repo)

    assert run("check", *BASELINE, "--update").returncode == ExitCode.DEBT
    assert lines(repo) == before


def test_lines_survive_edits_elsewhere_in_the_file(repo: Repo, run: Run) -> None:
    """No line number is in a key: code that moves is the same debt, a third copy of it is new."""
    run("check", *ACCEPT)
    repo.commit(api__config='"""Moved."""\n\n' + LEGACY)
    assert run("check", *BASELINE).returncode == ExitCode.OK

    third = '    os.environ["DEBUG"] = "1"\n'
    repo.commit(api__config=LEGACY.replace(third, third * 2, 1))
    done = run("check", *BASELINE, "--format", "json")
    assert [v.get("status", "new") for v in report(done)["violations"]].count("new") == 1


def test_an_accepted_violation_expires(run: Run) -> None:
    """After its day it fails, and a new ``--accept`` gives it another one."""
    run("check", *ACCEPT, "--until", "2026-03-31")
    assert run("check", *BASELINE, "--today", "2026-03-31").returncode == ExitCode.OK

    done = run("check", *BASELINE, "--today", "2026-04-01")
    assert done.returncode == ExitCode.DEBT
    assert "accepted until 2026-03-31, which has passed" in done.stdout
    assert run("check", *ACCEPT, "--until", "2026-09-30", "--today", "2026-04-01").returncode == ExitCode.OK
    assert run("check", *BASELINE, "--today", "2026-09-30").returncode == ExitCode.OK


def test_what_was_not_looked_at_is_not_called_fixed(repo: Repo, run: Run) -> None:
    """Another service, another rule, a file that cannot be parsed: their lines stay, even with --update."""
    run("check", *ACCEPT)
    for narrowed in (("--service", "web"), ("--rule", "direct-runner")):
        assert run("check", *BASELINE, "--update", *narrowed).returncode == ExitCode.OK
    repo.commit(api__config="def broken(:\n    os.environ\n")
    assert run("check", *BASELINE, "--update").returncode == ExitCode.PARTIAL
    assert len(lines(repo)) == 3


def test_diff_shows_what_a_branch_adds(repo: Repo, run: Run) -> None:
    """Debt of the other branch, old or new, is not this branch's; its own is, and only that."""
    repo.git("checkout", "-q", "-b", "topic")
    assert run("check", "--diff", "main").returncode == ExitCode.OK
    repo.commit(web__more=LEGACY, api__config="\n\n" + LEGACY)
    repo.git("checkout", "-q", "main")
    repo.commit(web__main=LEGACY)
    repo.git("checkout", "-q", "topic")

    for _ in range(2):
        done = run("check", "--diff", "main", "--format", "json")
        assert done.returncode == ExitCode.DEBT
        assert {v["finding"]["path"] for v in report(done)["violations"]} == {"web/more.py"}


def test_debt_of_a_renamed_file_is_no_new_debt(repo: Repo, run: Run) -> None:
    """What moved with its file is not what the branch adds, committed or staged; what came with it is."""
    repo.git("checkout", "-q", "-b", "topic")
    repo.git("mv", "api/config.py", "api/settings.py")
    assert run("check", "--staged", "--diff", "main").returncode == ExitCode.OK
    repo.commit("rename")
    assert run("check", "--diff", "main").returncode == ExitCode.OK

    more = LEGACY.replace('os.environ["URL"]', 'os.environ["URL"] + os.environ["PATH"]')
    repo.commit(api__settings=more)
    found = report(run("check", "--diff", "main", "--format", "json"))
    assert [v["finding"]["path"] for v in found["violations"]] == ["api/settings.py"]


def test_diff_is_not_about_uncommitted_changes(repo: Repo, run: Run) -> None:
    """Edits of the working tree, tracked or not, are no part of what the branch adds."""
    repo.git("checkout", "-q", "-b", "topic")
    repo.write(api__config=LEGACY * 2, web__new=LEGACY)
    assert run("check", "--diff", "main").returncode == ExitCode.OK


def test_a_shallow_clone_says_what_to_fetch(repo: Repo, run: Run, tmp_path: Path) -> None:
    """Without the commit that both have, there is nothing to compare with."""
    repo.git("checkout", "-q", "-b", "topic")
    repo.commit(web__more=LEGACY)
    repo.git("checkout", "-q", "main")
    repo.commit(web__main=LEGACY)
    repo.git("clone", "-q", "--depth=1", "--no-single-branch", f"file://{repo.root}", f"{tmp_path}/shallow")
    done = run("check", "--diff", "origin/topic", f"{tmp_path}/shallow")
    assert done.returncode == ExitCode.USAGE
    assert "no commit in common" in done.stderr
    assert "git fetch --unshallow" in done.stderr


def test_diff_against_what_there_is_not(run: Run) -> None:
    """A branch that does not exist, or looks like an option, is a usage error."""
    for name in ("nowhere", "--output=/tmp/x"):
        done = run("check", f"--diff={name}")
        assert done.returncode == ExitCode.USAGE
        assert "there is no commit" in done.stderr


def test_staged_looks_at_the_next_commit(repo: Repo, run: Run) -> None:
    """What is staged counts, what is merely edited does not; the working tree is not read for it."""
    repo.write(api__config=COMPLIANT)
    assert run("check", "--staged").returncode == ExitCode.DEBT
    repo.git("add", "-A")
    repo.write(api__config=LEGACY)
    assert run("check", "--staged").returncode == ExitCode.OK
    assert run("check").returncode == ExitCode.DEBT


def test_staged_before_the_first_commit(tmp_path: Path, repo: Repo, run: Run) -> None:
    """The first commit of a repository can be checked, too."""
    fresh = Repo(tmp_path / "fresh")
    fresh.write(api__config=LEGACY)
    fresh.git("add", "-A")

    assert run("check", "--staged", str(fresh.root)).returncode == ExitCode.DEBT
    assert run("check", str(fresh.root)).returncode == ExitCode.USAGE


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
