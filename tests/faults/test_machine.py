"""The machine or somebody else is in the way: nothing is half-done, and the second try succeeds."""

from __future__ import annotations

import json
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from ssot_migrate.errors import ExitCode
from tests.faults.ground import IDENTITY, OPTIONS, Ground, said

pytestmark = pytest.mark.heavy
Record = Callable[..., None]


@pytest.fixture
def small(tmp_path: Path, cannot_be_had: Callable[[str], NoReturn]) -> Iterator[Path]:
    """A file system of three megabytes."""
    (tmp_path / "small").mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m,nr_inodes=4000", "tmpfs", str(tmp_path / "small")]
    if subprocess.run(mount, capture_output=True, check=False).returncode:
        cannot_be_had("mounting a small file system")
    yield tmp_path / "small"
    subprocess.run(["umount", str(tmp_path / "small")], check=True)


def fill(path: Path) -> None:
    """Leave no byte free on the file system of ``path``."""
    with path.open("wb", buffering=0) as stream:
        try:
            while True:
                stream.write(b"x" * 4096)
        except OSError:
            return


@pytest.mark.parametrize("way", ["to branches", "in place"])
def test_full_disk(small: Path, tmp_path: Path, record: Record, way: str) -> None:
    """The error says so; with room again, the same command succeeds."""
    ground = Ground(small)
    options = ["--in-place"] if way == "in place" else []
    cache = {"SSOT_MIGRATE_CACHE": str(tmp_path / "cache")}
    before = ground.state()
    fill(small / "filler")
    broken = ground.apply(*options, **cache)
    assert broken.returncode == ExitCode.FAILED, broken.stderr
    assert re.search("No space left|free some disk space", broken.stderr)
    assert "Traceback" not in broken.stderr
    (small / "filler").unlink()
    ground.assert_sound()
    assert (ground.state(), ground.branches()) == (before, {})
    again = ground.apply(*options, **cache)
    assert again.returncode == ExitCode.OK, again.stderr
    record(f"a full disk, applied {way}", said(broken), "nothing", said(again))


@pytest.mark.parametrize("way", ["to branches", "in place"])
def test_read_only_repository(small: Path, tmp_path: Path, record: Record, way: str) -> None:
    """Planning works, applying does not."""
    ground = Ground(small)
    options = ["--in-place"] if way == "in place" else []
    before = ground.state()
    outside = {"SSOT_MIGRATE_CACHE": str(tmp_path / "cache"), "TMPDIR": str(tmp_path)}
    subprocess.run(["mount", "-o", "remount,ro", str(small)], check=True)
    planned = ground.run("plan", *OPTIONS, **outside)
    broken = ground.apply(*options, **outside)
    subprocess.run(["mount", "-o", "remount,rw", str(small)], check=True)
    assert planned.returncode == ExitCode.OK, planned.stderr
    assert broken.returncode == ExitCode.FAILED, broken.stderr
    assert "Traceback" not in broken.stderr
    ground.assert_sound()
    assert (ground.state(), ground.branches()) == (before, {})
    again = ground.apply(*options)
    assert again.returncode == ExitCode.OK, again.stderr
    record(f"a read-only repository, applied {way}", said(broken), "nothing", said(again))


def name_of(ground: Ground) -> str:
    """What the branches of the plan for this ground are called after their service."""
    digest: str = json.loads(ground.run("plan", *OPTIONS, "--format", "json").stdout)["digest"]
    return digest[:12]


def test_locked_ref(ground: Ground, record: Record) -> None:
    """No branch is written, the others of the plan neither; the hint says what to remove."""
    lock = ground.root / f".git/refs/heads/ssot/app/{name_of(ground)}.lock"
    lock.parent.mkdir(parents=True)
    lock.touch()
    before = ground.state()
    broken = ground.apply()
    assert broken.returncode == ExitCode.REFUSED, broken.stderr
    assert "remove that file" in broken.stderr
    ground.assert_sound()
    assert (ground.state(), ground.branches()) == (before, {})
    lock.unlink()
    again = ground.apply("--resume")
    assert again.returncode == ExitCode.OK, again.stderr
    record("a locked ref", said(broken), "no branch", said(again) + " with `--resume`")


def test_locked_packed_refs(ground: Ground, record: Record) -> None:
    """New branches do not need that file; deleting them does, and can be done later."""
    lock = ground.root / ".git/packed-refs.lock"
    ground.git("pack-refs", "--all")
    lock.touch()
    before = ground.state()
    done = ground.apply()
    assert done.returncode == ExitCode.OK, done.stderr
    broken = ground.run("undo", "--last")
    assert broken.returncode == ExitCode.REFUSED, broken.stderr
    ground.assert_sound()
    assert ground.state() == before
    assert len(ground.branches()) >= 2
    lock.unlink()
    again = ground.run("undo", "--last")
    assert (again.returncode, ground.branches()) == (ExitCode.OK, {}), again.stderr
    record("`packed-refs.lock`, at `undo`", said(broken), "all branches", said(again))


def test_ref_moved_meanwhile(ground: Ground, record: Record) -> None:
    """Whoever was first keeps the ref, and no other branch of the plan is written."""
    theirs = f"refs/heads/ssot/app/{name_of(ground)}"
    first = f"[ -e .git/{theirs} ] || git update-ref {theirs} main </dev/null"
    before = ground.state()
    broken = ground.apply(PATH=ground.wrapped("--stdin -z", first))
    assert broken.returncode == ExitCode.REFUSED, broken.stderr
    ground.assert_sound()
    assert (ground.state(), list(ground.branches())) == (before, ["app"])
    assert ground.git("rev-parse", theirs) == ground.git("rev-parse", "main")
    again = ground.apply("--force")
    assert again.returncode == ExitCode.OK, again.stderr
    record(
        "a ref made by somebody else during the run", said(broken), "theirs", said(again) + " with `--force`"
    )


def test_ref_moved_between_plan_and_apply(ground: Ground, record: Record) -> None:
    """Somebody has committed to a branch that the plan made before: it stays, and so do the others."""
    sealed = str(ground.where / "plan.json")
    ground.run("plan", *OPTIONS, "--out", sealed)
    assert ground.run("apply", "--plan", sealed).returncode == ExitCode.OK
    (ref,) = ground.git("for-each-ref", "--format=%(refname)", "refs/heads/ssot/app").split()
    tree = ground.git("rev-parse", "main^{tree}").strip()
    theirs = ground.git(*IDENTITY, "commit-tree", tree, "-p", ref, "-m", "theirs").strip()
    ground.git("update-ref", ref, theirs)
    before, branches = ground.state(), ground.branches()
    broken = ground.run("apply", "--plan", sealed)
    assert broken.returncode == ExitCode.REFUSED, broken.stderr
    ground.assert_sound()
    assert (ground.state(), ground.branches()) == (before, branches)
    again = ground.run("apply", "--plan", sealed, "--force")
    assert again.returncode == ExitCode.OK, again.stderr
    assert ground.git("rev-parse", ref).strip() != theirs
    assert ground.run("undo", "--last").returncode == ExitCode.OK
    assert ground.git("rev-parse", ref).strip() == theirs
    record(
        "a branch moved by somebody else before `apply`",
        said(broken),
        "theirs",
        said(again) + " with `--force`",
    )


def test_base_moved_between_plan_and_apply(ground: Ground, record: Record) -> None:
    """What has changed since is named and left out."""
    sealed = ground.where / "plan.json"
    ground.run("plan", *OPTIONS, "--out", str(sealed))
    ground.write({"app/a.py": "import os\n\nVALUE = os.environ['NEW']\n"})
    ground.commit()
    before = ground.state()
    broken = ground.run("apply", "--plan", str(sealed))
    assert broken.returncode == ExitCode.STALE, broken.stderr
    assert "app/a.py" in broken.stderr
    ground.assert_sound()
    assert ground.state() == before
    again = ground.apply()
    assert again.returncode == ExitCode.OK, again.stderr
    record("a commit between `plan` and `apply`", said(broken), "branches without that file", said(again))


HOOKS = ["reference-transaction", "pre-commit", "post-commit", "post-checkout", "post-index-change", "update"]


def test_failing_hooks(ground: Ground, record: Record) -> None:
    """No hook runs, so none can fail."""
    sprung = ground.where / "sprung"
    for hook in HOOKS:
        (ground.root / ".git/hooks").mkdir(exist_ok=True)
        (ground.root / ".git/hooks" / hook).write_text(f"#!/bin/sh\ntouch {sprung}\nexit 1\n")
        (ground.root / ".git/hooks" / hook).chmod(0o755)
    before = ground.state()
    done = ground.apply()
    assert done.returncode == ExitCode.OK, done.stderr
    ground.assert_sound()
    assert (ground.state(), sprung.exists()) == (before, False)
    again = ground.apply()
    assert "was there already" in again.stdout
    record("hooks that fail", said(done), "all branches; no hook ran", said(again))
