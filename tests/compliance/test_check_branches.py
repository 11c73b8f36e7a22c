"""``check`` of what a branch, or what is staged, adds."""

from __future__ import annotations

from pathlib import Path

from ssot_migrate.errors import ExitCode
from tests.compliance.checked import report
from tests.compliance.conftest import COMPLIANT, LEGACY, Repo, Run


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
