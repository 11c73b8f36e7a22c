"""In place, a file is written only where it holds exactly what the plan saw."""

from __future__ import annotations

import stat
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from ssot_migrate.errors import Refused, SsotMigrateError, UsageError
from ssot_migrate.git.inplace import apply_in_place, unfit_in_place
from ssot_migrate.git.repository import Repository
from ssot_migrate.plans.outcome import AppliedFile

Git = Callable[..., str]
Replayer = Callable[[Mapping[str, str]], tuple[AppliedFile, ...]]


def reasons(repo: Repository, files: tuple[AppliedFile, ...]) -> dict[str, str]:
    """Why each unfit file is unfit."""
    return {stale.path: stale.reason for stale in unfit_in_place(repo, (each.file for each in files))}


def test_files_are_written_with_their_permissions(
    repo: Repository, root: Path, git: Git, replayed: Replayer
) -> None:
    """Text and mode arrive, new folders are made, no temporary file stays, the index is untouched."""
    (root / "api/run.py").chmod(0o750)
    index = (root / ".git/index").read_bytes()
    new = {"api/run.py": "#!/bin/sh\nnew\n", "new/deep/x.py": "x\n", "web/b.py": "\r\n"}
    assert apply_in_place(repo, replayed(new)) == tuple(new)
    assert {path: (root / path).read_bytes().decode() for path in new} == new
    assert stat.S_IMODE((root / "api/run.py").stat().st_mode) == 0o750
    assert (root / ".git/index").read_bytes() == index
    assert git("status", "--porcelain").split() == ["M", "api/run.py", "M", "web/b.py", "??", "new/"]


def test_uncommitted_work_is_refused_by_name_and_nothing_is_written(
    repo: Repository, root: Path, git: Git, replayed: Replayer
) -> None:
    """Edited, staged and deleted files are refused, and then no other file is written either."""
    files = replayed({"api/a.py": "x", "api/run.py": "x", "web/b.py": "x", "top.txt": "x"})
    (root / "api/a.py").write_text("edited")
    (root / "api/run.py").write_text("staged")
    git("add", "api/run.py")
    (root / "web/b.py").unlink()
    with pytest.raises(Refused, match=r"3 files .*api/a\.py has uncommitted changes"):
        apply_in_place(repo, files)
    assert (root / "top.txt").read_bytes() == b""
    assert reasons(repo, files) == {
        "api/a.py": "has uncommitted changes",
        "api/run.py": "has staged changes",
        "web/b.py": "is not in the working tree",
    }


def test_a_touched_file_is_no_changed_file(repo: Repository, root: Path, replayed: Replayer) -> None:
    """A new time stamp on the same bytes is no obstacle."""
    files = replayed({"api/a.py": "new"})
    data = (root / "api/a.py").read_bytes()
    (root / "api/a.py").unlink()
    (root / "api/a.py").write_bytes(data)
    assert apply_in_place(repo, files) == ("api/a.py",)


def test_a_file_that_head_has_otherwise_is_refused(repo: Repository, commit: Git, replayed: Replayer) -> None:
    """A commit since the plan is noticed, for changed files and for new ones."""
    files = replayed({"api/a.py": "x", "new.py": "x"})
    commit({"api/a.py": b"since", "new.py": b"since"})
    assert reasons(repo, files) == {
        "api/a.py": "is not what the plan saw",
        "new.py": "is there already, but the plan would create it",
    }


def test_an_untracked_file_is_not_overwritten(repo: Repository, root: Path, replayed: Replayer) -> None:
    """A new file of the plan never replaces work that git does not know."""
    files = replayed({"new.py": "x"})
    (root / "new.py").write_text("mine")
    with pytest.raises(Refused, match=r"new\.py is there already"):
        apply_in_place(repo, files)
    assert (root / "new.py").read_text() == "mine"


@pytest.mark.parametrize("settings", [{"core.autocrlf": "true"}, {"core.eol": "crlf"}])
def test_converted_line_endings_are_refused(
    repo: Repository, root: Path, git: Git, replayed: Replayer, settings: dict[str, str]
) -> None:
    """Where the working tree has other bytes than git by configuration, the reason says so."""
    files = replayed({"api/a.py": "x\n"})
    for key, value in settings.items():
        git("config", key, value)
    (root / ".git/info/attributes").write_text("*.py text\n")
    (root / "api/a.py").unlink()
    git("checkout", "--", "api/a.py")
    assert (root / "api/a.py").read_bytes() == b"import os\r\n"
    assert "is converted" in reasons(repo, files)["api/a.py"]


def test_filtered_files_are_refused(repo: Repository, root: Path, git: Git, replayed: Replayer) -> None:
    """A smudge filter, as Git LFS has one, is a reason to keep away."""
    files = replayed({"api/a.py": "x\n"})
    git("config", "filter.upper.smudge", "tr a-z A-Z")
    git("config", "filter.upper.clean", "tr A-Z a-z")
    (root / ".git/info/attributes").write_text("*.py filter=upper\n")
    (root / "api/a.py").unlink()
    git("checkout", "--", "api/a.py")
    assert "is converted" in reasons(repo, files)["api/a.py"]


def test_nothing_is_written_behind_a_link(
    repo: Repository, root: Path, tmp_path: Path, replayed: Replayer
) -> None:
    """A folder or file that became a link, and a folder that became a file, are refused."""
    files = replayed({"api/a.py": "x", "web/b.py": "x", "top.txt": "x", "fresh/x.py": "x"})
    (tmp_path / "outside").mkdir()
    (root / "api").rename(root / "moved")
    (root / "api").symlink_to("moved")
    (root / "fresh").symlink_to(tmp_path / "outside")
    (root / "web/b.py").unlink()
    (root / "web").rmdir()
    (root / "web").touch()
    (root / "top.txt").unlink()
    (root / "top.txt").symlink_to(tmp_path / "precious")
    assert reasons(repo, files) == {
        "api/a.py": "lies behind a link or a file",
        "fresh/x.py": "lies behind a link or a file",
        "web/b.py": "lies behind a link or a file",
        "top.txt": "is no plain file",
    }
    assert list((tmp_path / "outside").iterdir()) == []


def test_a_bare_repository_has_no_place(
    repo: Repository, git: Git, root: Path, tmp_path: Path, replayed: Replayer
) -> None:
    """In place needs a working tree."""
    files = replayed({"api/a.py": "x"})
    git("clone", "--quiet", "--bare", str(root), str(tmp_path / "bare.git"))
    with pytest.raises(UsageError, match="bare"):
        apply_in_place(Repository.open(tmp_path / "bare.git"), files)


def test_a_failed_write_names_the_file(repo: Repository, root: Path, replayed: Replayer) -> None:
    """A name that the file system cannot take is an error with the path; nothing half-written stays."""
    files = replayed({"n" * 300: "x"})
    with pytest.raises(SsotMigrateError, match="cannot write nnn"):
        apply_in_place(repo, files)
    assert not [path for path in root.iterdir() if path.name.endswith(".tmp")]
