"""Executed-test evidence: what counts as a run of this code, and what can never be taken for one."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from ssot_migrate.compliance.executed import read_report
from ssot_migrate.errors import ExitCode, UsageError
from ssot_migrate.runtime.catalog import runtime_files
from tests.compliance.conftest import COMPLIANT, Repo, Run

TESTS = """\
import pytest


def test_passes(): pass
def test_fails(): assert 0
def test_skips(): pytest.skip()
"""


def execute(repo: Repo, *arguments: str) -> None:
    """Run the repository's tests in a process of their own."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
    command = [sys.executable, *arguments]
    subprocess.run(command, cwd=repo.root, env=environment, capture_output=True, check=False)


@pytest.fixture
def tested(repo: Repo) -> Repo:
    """The repository with a test file, and the runtime with its unified runner."""
    for path, data in runtime_files().items():
        if not path.startswith("tests/mission_critical"):
            (repo.root / path).parent.mkdir(parents=True, exist_ok=True)
            (repo.root / path).write_bytes(data)
    repo.commit(web__tests__test_it=TESTS, api__config=COMPLIANT, conftest="")
    return repo


def evidence(run: Run, *reports: str) -> str:
    """The lines of evidence that a check prints."""
    options = [option for report in reports for option in ("--executed", report)]
    done = run("check", *options)
    return "\n".join(line for line in done.stdout.splitlines() if line.startswith("Tests "))


def test_without_a_report_nothing_was_executed(run: Run) -> None:
    """The line is always there, and it never guesses."""
    assert evidence(run) == "Tests not executed"


def test_the_runner_binds_its_report_to_the_commit(tested: Repo, run: Run) -> None:
    """Its report counts at that commit and after commits that change no code; not after others."""
    execute(tested, "tests/unified_test_runner.py", "--json", "../report.json", "web")
    assert "2 tests executed, 1 passed, 1 failed, 1 skipped (../report.json, on " in evidence(
        run, "../report.json"
    )

    (tested.root / "notes.txt").write_text("no code")
    tested.commit()
    assert "2 tests executed" in evidence(run, "../report.json")

    tested.commit(web__config=COMPLIANT + "\n")
    assert "not executed: ../report.json: it speaks of" in evidence(run, "../report.json")
    assert "the code has changed since" in evidence(run, "../report.json")


def test_a_run_on_edited_files_is_no_evidence(tested: Repo, run: Run) -> None:
    """What was not committed when the tests ran is not the code that is checked."""
    tested.write(web__config=COMPLIANT + "\nEDITED = 1\n")
    execute(tested, "tests/unified_test_runner.py", "--json", "../report.json", "web")
    assert "not executed: ../report.json: its tests ran on files with uncommitted changes" in evidence(
        run, "../report.json"
    )


def test_junit_counts_if_the_tests_ran_after_the_commit(tested: Repo, run: Run) -> None:
    """The tests' own clock decides, not the file's: an old report copied today stays old."""
    execute(tested, "-m", "pytest", "--junitxml=../junit.xml", "web")
    assert "2 tests executed, 1 passed, 1 failed, 1 skipped" in evidence(run, "../junit.xml")

    later = {"GIT_COMMITTER_DATE": "2099-01-01T00:00:00Z", "PATH": os.environ["PATH"]}
    (tested.root / "a.txt").write_text("")
    tested.git("add", "-A")
    subprocess.run(
        ["git", "-C", str(tested.root), "commit", "-qm", "later"], check=True, env={**os.environ, **later}
    )
    shutil.copy(tested.root.parent / "junit.xml", tested.root.parent / "copy.xml")
    assert "not executed: ../copy.xml: its tests ran before the commit was made" in evidence(
        run, "../copy.xml"
    )


def test_a_report_cannot_be_fed_its_own_output(run: Run, tmp_path: Path) -> None:
    """Nothing that ``check`` writes counts as tests: the mark is refused, and without it no test is ours."""
    for form in ("junit", "json", "sarif", "markdown", "github"):
        (tmp_path / form).write_text(run("check", "--format", form).stdout)
        assert run("check", "--executed", f"../{form}").returncode == ExitCode.USAGE

    stripped = (
        (tmp_path / "junit").read_text().replace('name="ssot-migrate" value="check"', 'name="" value=""')
    )
    (tmp_path / "stripped").write_text(stripped.replace("<testsuite ", '<testsuite timestamp="2099-01-01" '))
    assert "not executed: ../stripped: no test of this repository ran" in evidence(run, "../stripped")


def test_tests_of_elsewhere_do_not_count(tmp_path: Path, run: Run) -> None:
    """A report of another repository's tests proves nothing here."""
    (tmp_path / "r.xml").write_text(
        '<testsuite timestamp="2099-01-01"><testcase classname="other.test_x" name="t"/></testsuite>'
    )
    assert "no test of this repository ran" in evidence(run, "../r.xml")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "<testsuite>",
        "{}",
        '{"tests": {"a": {}}}',
        "[" * 100_000,
        '{"tests": ' + "[" * 100_000,
        '<!DOCTYPE t [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><t>&b;</t>',
        '<testsuite timestamp="yesterday"/>',
        "\x00\xff",
    ],
)
def test_what_is_no_report_is_a_usage_error(tmp_path: Path, text: str) -> None:
    """Broken, empty, hostile: refused by name, never half believed."""
    (tmp_path / "r").write_text(text)
    with pytest.raises(UsageError, match="is no report of executed tests"):
        read_report(tmp_path / "r")


def test_a_report_that_is_not_there(run: Run) -> None:
    """A missing report fails the check: silence would look like a run without tests."""
    assert run("check", "--executed", "nowhere.json").returncode == ExitCode.USAGE


def test_the_runner_says_nothing_of_commits_outside_of_git(tmp_path: Path) -> None:
    """Without git the runner reports as before, bound to nothing."""
    for path, data in runtime_files().items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_bytes(data)
    (tmp_path / "test_it.py").write_text("def test_it(): pass\n")
    environment = {**os.environ, "GIT_CEILING_DIRECTORIES": str(tmp_path)}
    command = [sys.executable, "tests/unified_test_runner.py", "--json", "r.json", "test_it.py"]
    subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=True)
    report = json.loads((tmp_path / "r.json").read_text())

    assert (report["commit"], report["changed"], report["counts"]) == ("", False, {"passed": 1})
