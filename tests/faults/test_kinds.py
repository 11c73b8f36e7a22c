"""Repositories that are not like others: what can be migrated is, and the rest is named."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from copy import copy
from pathlib import Path

import pytest

from ssot_migrate.errors import ExitCode
from tests.faults.ground import LEGACY, Ground, said

pytestmark = pytest.mark.heavy
Record = Callable[..., None]
POINTER = "version https://git-lfs.github.com/spec/v1\noid sha256:{}\nsize 12345\n".format("ab" * 32)


def elsewhere(ground: Ground, root: Path) -> Ground:
    """The same ground with another folder as its repository."""
    other = copy(ground)
    other.root = root
    return other


def apply_twice(ground: Ground, fault: str, record: Record, code: ExitCode = ExitCode.OK) -> str:
    """Apply, see that all is sound and untouched, and apply again; what the first run printed."""
    done = ground.apply()
    assert done.returncode == code, done.stderr
    ground.assert_sound()
    again = ground.apply()
    assert (again.returncode, "was there already" in again.stdout) == (code, True), again.stderr
    record(fault, said(done), f"{', '.join(sorted(ground.branches()))}", said(again) + ", nothing new")
    return done.stdout


def test_shallow_clone(ground: Ground, record: Record) -> None:
    """History is not needed."""
    ground.commit()
    ground.git("clone", "-q", "--depth", "1", f"file://{ground.root}", str(ground.where / "shallow"))
    shallow = elsewhere(ground, ground.where / "shallow")
    before = shallow.state()
    apply_twice(shallow, "a shallow clone", record)
    assert shallow.state() == before


def test_bare_repository(ground: Ground, record: Record) -> None:
    """A working tree is not needed either, but for ``--in-place``."""
    ground.git("clone", "-q", "--bare", str(ground.root), str(ground.where / "bare.git"))
    bare = elsewhere(ground, ground.where / "bare.git")
    apply_twice(bare, "a bare repository", record)
    assert bare.apply("--in-place").returncode == ExitCode.USAGE


def test_worktree(ground: Ground, record: Record) -> None:
    """A linked working tree is as good as the first, and neither is touched."""
    ground.git("worktree", "add", "-q", str(ground.where / "linked"), "-b", "side")
    before = ground.state()
    linked = elsewhere(ground, ground.where / "linked")
    apply_twice(linked, "a linked working tree", record)
    assert ground.state() == before
    assert linked.git("status", "--porcelain") == ""


def test_submodule(ground: Ground, record: Record) -> None:
    """What lies in a submodule is another repository's."""
    other = Ground(ground.where / "other", {"lib/x.py": LEGACY.format("X")})
    allow = ("-c", "protocol.file.allow=always")
    ground.git(*allow, "submodule", "--quiet", "add", str(other.root), "vendored")
    ground.commit()
    before = ground.state()
    apply_twice(ground, "a submodule", record)
    assert ground.state() == before
    ground.git("-C", "vendored", "fsck", "--strict")


def test_lfs_pointers(ground: Ground, record: Record) -> None:
    """A pointer is text that means nothing to us, even under the name of a Python file."""
    ground.write({"app/big.py": POINTER, ".gitattributes": "app/big.py filter=lfs -text\n"})
    ground.commit()
    ground.write({"app/big.py": LEGACY.format("REAL")})
    ground.git("config", "filter.lfs.clean", "false")
    ground.git("config", "filter.lfs.smudge", "false")
    before = ground.state()
    apply_twice(ground, "LFS pointers", record)
    assert ground.state() == before
    (ref,) = ground.git("for-each-ref", "--format=%(refname)", "refs/heads/ssot/app").split()
    assert ground.git("show", f"{ref}:app/big.py") == POINTER


def test_case_colliding_names(ground: Ground, record: Record) -> None:
    """Both files are migrated, also where only one of them can lie in the working tree."""
    ground.write({"app/A.py": LEGACY.format("UPPER"), "App/a.py": LEGACY.format("FOLDER")})
    ground.commit()
    (ground.root / "app/A.py").unlink()
    before = ground.state()
    apply_twice(ground, "names that differ in case only", record)
    assert ground.state() == before
    refs = ground.git("for-each-ref", "--format=%(refname)", "refs/heads/ssot").split()
    assert any("os.environ" not in ground.git("show", f"{ref}:app/A.py") for ref in refs)


def test_names_that_are_not_utf8(ground: Ground, record: Record) -> None:
    """They cannot stand in a plan, so they are named as problems; all else is migrated."""
    (Path(os.fsdecode(os.fsencode(ground.root) + b"/app/caf\xe9.py"))).write_text(LEGACY.format("CAFE"))
    ground.commit()
    before = ground.state()
    told = apply_twice(ground, "names that are not UTF-8", record, ExitCode.PARTIAL)
    assert "caf\\xe9.py" in told
    assert ground.state() == before


def test_a_hundred_thousand_files(tmp_path: Path, record: Record) -> None:
    """Size alone is no fault."""
    ground = Ground(tmp_path)
    stream = ["commit refs/heads/main\ncommitter a <a@example.invalid> 1 +0000\ndata 1\nx\n"]
    text = LEGACY.format("N")
    for number in range(100_000):
        body = text if number % 1000 == 0 else f"N = {number}\n"
        stream.append(f"M 644 inline app/d{number % 300}/f{number}.py\ndata {len(body)}\n{body}\n")
    command = ["git", "fast-import", "--quiet", "--force"]
    subprocess.run(command, cwd=ground.root, env=ground.env, input="".join(stream).encode(), check=True)
    ground.git("reset", "-q", "--hard", "main")
    index = (ground.root / ".git/index").read_bytes()
    apply_twice(ground, "a tree of 100,000 files", record)
    assert ground.git("status", "--porcelain") == ""
    assert (ground.root / ".git/index").read_bytes() == index
    assert len(ground.git("diff", "--name-only", "main", "--", "app").split()) == 0
