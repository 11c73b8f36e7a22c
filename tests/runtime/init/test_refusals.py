"""Where ``init`` cannot write, it says so by name and leaves all as it was."""

from __future__ import annotations

import os
import resource
import stat
from collections.abc import Callable
from pathlib import Path

import pytest

from ssot_migrate.errors import ExitCode
from ssot_migrate.runtime.catalog import runtime_files
from ssot_migrate.runtime.manifest import MANIFEST
from tests.runtime.init.repositories import RUNNER, SECRETS, Init, git, make_older, state


@pytest.mark.parametrize(
    ("path", "mode", "told"),
    [
        (SECRETS, 0o000, f"cannot read {SECRETS}: Permission denied"),
        ("shared", 0o555, "cannot write shared/auth_tickets.py: Permission denied"),
        (MANIFEST, 0o000, f"cannot read {MANIFEST}: Permission denied"),
    ],
)
def test_no_permission_is_an_error_that_names_the_file(
    path: str, mode: int, told: str, init: Init, repo: Path, needs: Callable[[str], str]
) -> None:
    """Neither a traceback nor half a file; with the permission the same call completes."""
    init()
    for name in ("shared/auth_tickets.py", RUNNER):
        make_older(repo, name)
    before = (repo / path).stat().st_mode
    (repo / path).chmod(mode)
    # Root may do all, unless it gives up the right to.
    plain = [needs("setpriv"), "--bounding-set=-dac_override,-dac_read_search"] if os.geteuid() == 0 else []
    done = init("--upgrade", under=plain)
    assert (done.returncode, told in done.stderr) == (ExitCode.FAILED, True), done.stderr
    assert (repo / RUNNER).read_text() == "older\n"
    (repo / path).chmod(stat.S_IMODE(before))
    assert f"wrote {RUNNER}" in init("--upgrade").stdout


def link(path: Path) -> None:
    """Something else's content behind a link."""
    path.symlink_to(path.parents[1] / "mine.py")


def nested(path: Path) -> None:
    """A repository of its own around the path."""
    git(path.parent, "init", "-q")


@pytest.mark.parametrize(
    ("path", "make", "told"),
    [
        (SECRETS, link, "is no plain file"),
        (SECRETS, Path.mkdir, "is no plain file"),
        (SECRETS, os.mkfifo, "is no plain file"),
        (SECRETS, nested, "lies in another repository"),
        ("shared/isolated_environment/__init__.py", Path.touch, "would be hidden by the package"),
        (MANIFEST, Path.mkdir, "is no plain file"),
    ],
)
def test_where_no_file_can_stand_nothing_is_written(
    path: str, make: Callable[[Path], object], told: str, init: Init, repo: Path
) -> None:
    """Links, folders, pipes, nested repositories: refused by name, and no other file is written."""
    (repo / path).parent.mkdir(parents=True)
    make(repo / path)
    before = sorted(repo.rglob("*"))
    done = init()
    assert done.returncode == ExitCode.REFUSED
    assert told in done.stderr
    assert sorted(repo.rglob("*")) == before
    assert (repo / "mine.py").read_text() == "MINE = 1\n"


def test_a_linked_folder_is_not_written_through(init: Init, repo: Path, tmp_path: Path) -> None:
    """What lies behind a link, maybe outside of the repository, is not touched."""
    (tmp_path / "elsewhere").mkdir()
    (repo / "shared").symlink_to(tmp_path / "elsewhere")
    done = init()
    assert (done.returncode, "shared/__init__.py lies behind a link" in done.stderr) == (
        ExitCode.REFUSED,
        True,
    )
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_a_bare_repository_and_none_at_all(init: Init, repo: Path, tmp_path: Path) -> None:
    """Each is a usage error that says what to do."""
    git(tmp_path, "init", "-q", "--bare", "bare.git")
    done = init(where=tmp_path / "bare.git")
    assert (done.returncode, "git worktree add" in done.stderr) == (ExitCode.USAGE, True)
    assert init(where=tmp_path).returncode == ExitCode.USAGE


@pytest.mark.parametrize("spoilt", [b"<<<<<<< ours\n", b"\xff\x00\n", b"0123 cut\n"])
def test_a_spoilt_manifest_is_named(spoilt: bytes, init: Init, repo: Path) -> None:
    """After a conflict or a disk's fault the line is told, and nothing is written over."""
    init()
    (repo / MANIFEST).write_bytes(spoilt + (repo / MANIFEST).read_bytes())
    (repo / SECRETS).write_text("mine\n")
    done = init("--upgrade")
    assert (done.returncode, f"{MANIFEST}:1: " in done.stderr) == (ExitCode.USAGE, True)
    assert (repo / SECRETS).read_text() == "mine\n"


def test_a_full_disk_is_an_error_and_the_run_can_be_repeated(init: Init, repo: Path) -> None:
    """No half-written file stays; a second run completes what the first could not."""
    limit = 5000  # bytes a file may have, as if the disk were full

    def shrink() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

    done = init(preexec_fn=shrink)
    assert (done.returncode, "cannot write" in done.stderr) == (ExitCode.FAILED, True)
    half = {path for path, data in state(repo).items() if data != runtime_files().get(path, data)}
    assert half == set()
    assert init().returncode == ExitCode.OK
    assert state(repo).keys() >= runtime_files().keys()
