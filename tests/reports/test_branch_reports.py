"""The reports of a branch: what its summary counts, and the files that they are written to."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import msgspec
import pytest
from jsonschema import validate

from ssot_migrate.errors import Refused, UsageError
from ssot_migrate.reports.folder import default_folder, write_reports
from ssot_migrate.reports.json_report import json_report, json_schema
from ssot_migrate.reports.summary import Rest, Summary
from tests.reports.branches import API, FOUNDATION, plan_of, summary_of


def test_summary_counts_what_is_the_branchs_own(summary: Summary) -> None:
    """Rules, left sites, scores, problems and stale files are those of the branch's service."""
    assert [(rule.slug, rule.files, rule.sites) for rule in summary.rules] == [
        ("environment", 2, 2),
        ("mocks", 1, 1),
    ]
    assert [(group.reason, group.state, group.count, group.examples) for group in summary.left] == [
        ("writer has readers elsewhere", "held", 2, ("api/a.py:4", "api/c.py:5")),
        ("dynamic key", "advice", 1, ("api/c.py:6",)),
    ]
    assert [score.service for score in summary.scores] == ["api"]
    assert [problem.path for problem in summary.problems] == ["api/broken.py"]
    assert [stale.path for stale in summary.stale] == ["api/a.py"]


def test_summary_names_the_branch_below(summary: Summary) -> None:
    """A branch on the foundation says so, one on the base does not."""
    assert summary.stacked_on == "ssot/foundation/dddd"
    below = summary_of(plan_of(), FOUNDATION, Rest({}, (), (FOUNDATION, API)))
    assert below.stacked_on == ""


def test_json_has_every_field_always(summary: Summary) -> None:
    """Programs can rely on each documented field, empty or not."""
    bare = summary_of(plan_of(), FOUNDATION, Rest({}))
    for each in (summary, bare):
        assert list(json.loads(json_report(each))) == list(Summary.__struct_fields__)
        validate(json.loads(json_report(each)), json.loads(json_schema()))
    assert msgspec.json.decode(json_report(summary), type=Summary) == summary


@pytest.fixture
def diff(tmp_path: Path) -> bytes:
    """A real diff: text without a final newline, CRLF, a new binary file, a mode."""
    repository = tmp_path / "repository"
    repository.mkdir()
    run(repository, "init", "--quiet")
    (repository / "a b.py").write_bytes(b"old\r\nend")
    (repository / "run.sh").write_bytes(b"x\n")
    run(repository, "add", "--all")
    run(repository, "commit", "--quiet", "-m", "base")
    (repository / "a b.py").write_bytes(b"new\r\nend")
    (repository / "data.bin").write_bytes(bytes(range(256)))
    run(repository, "add", "--all")
    return run(repository, "diff", "--cached", "--binary", "HEAD")


def run(repository: Path, *arguments: str) -> bytes:
    """The output of a git command."""
    return subprocess.run(["git", *arguments], cwd=repository, stdout=subprocess.PIPE, check=True).stdout


def test_patch_applies(summary: Summary, diff: bytes, tmp_path: Path) -> None:
    """``git apply`` takes the patch as it lies there and gives the branch's files."""
    own = write_reports(tmp_path / "reports", summary, diff, "page")
    repository = tmp_path / "repository"
    run(repository, "reset", "--quiet", "--hard")
    run(repository, "apply", "--index", str(own / "changes.patch"))
    assert (repository / "a b.py").read_bytes() == b"new\r\nend"
    assert (repository / "data.bin").read_bytes() == bytes(range(256))
    assert b"# plan " + b"d" * 64 in (own / "changes.patch").read_bytes()


def test_reports_lie_in_a_folder_per_branch(summary: Summary, tmp_path: Path) -> None:
    """Four files per branch, replaced by the next run, nothing temporary beside them."""
    folder = default_folder(tmp_path / ".git", "d" * 64)
    assert folder == tmp_path / ".git/ssot-migrate/reports/dddddddddddd"
    for _ in range(2):
        own = write_reports(folder, summary, b"", "page")
    assert own == folder / "api"
    assert sorted(path.name for path in own.iterdir()) == [
        "changes.patch",
        "report.html",
        "report.json",
        "report.md",
    ]


def test_reports_are_not_written_through_links(summary: Summary, tmp_path: Path) -> None:
    """A link where the folder should be is refused; one where a file should be is replaced."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports/api").symlink_to(tmp_path / "outside")
    with pytest.raises(Refused):
        write_reports(tmp_path / "reports", summary, b"", "page")
    (tmp_path / "reports/api").unlink()
    (tmp_path / "reports/api").mkdir()
    (tmp_path / "reports/api/report.md").symlink_to(tmp_path / "outside/precious")
    write_reports(tmp_path / "reports", summary, b"", "page")
    assert list((tmp_path / "outside").iterdir()) == []


def test_a_file_in_the_way_is_a_usage_error(summary: Summary, tmp_path: Path) -> None:
    """Reports that cannot be written are told in one line."""
    (tmp_path / "reports").touch()
    with pytest.raises(UsageError, match="cannot write reports"):
        write_reports(tmp_path / "reports", summary, b"", "page")
