"""A repository of any shape is read as git sees it, or refused with a hint."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from ssot_migrate.errors import GitError, UsageError
from ssot_migrate.git.checked_out import checked_out
from ssot_migrate.git.repository import Entry, Repository
from ssot_migrate.plans.model import blob_id

Git = Callable[..., str]
ODD = b"caf\xe9 \n.py"


def test_entries_have_mode_blob_id_and_path(repo: Repository) -> None:
    """The index and the commit list the same plain files, in git's order, the executable bit too."""
    names = [(entry.mode, entry.path) for entry in repo.entries()]
    assert names == [
        ("100644", "api/a.py"),
        ("100755", "api/run.py"),
        ("100644", "top.txt"),
        ("100644", "web/b.py"),
    ]
    assert repo.entries()[0].oid == blob_id(b"import os\n")
    assert repo.entries() == repo.entries(repo.head_commit())


def test_found_from_any_folder_below(repo: Repository, root: Path) -> None:
    """Opening a subfolder finds the top, and paths stay relative to the top."""
    below = Repository.open(root / "api")
    assert below.work_tree == root
    assert below.entries() == repo.entries()
    assert below.entries(repo.head_commit()) == repo.entries()


def test_links_submodules_and_conflicts_are_no_plain_files(
    repo: Repository, root: Path, git: Git, commit: Git
) -> None:
    """Only plain files are entries; the whole tree shows links and submodules too."""
    (root / "link.py").symlink_to("api/a.py")
    commit({})
    git("update-index", "--add", "--cacheinfo", f"160000,{repo.head_commit()},vendored")
    git("commit", "--quiet", "-m", "submodule")
    plain = {entry.path for entry in repo.entries()}
    assert plain == {entry.path for entry in repo.entries(repo.head_commit())}
    assert plain.isdisjoint({"link.py", "vendored"})
    assert {e.path: e.mode for e in repo.tree(repo.head_commit())}.items() >= {
        ("link.py", "120000"),
        ("vendored", "160000"),
    }
    git(
        "update-index",
        "--index-info",
        stdin=f"0 {'0' * 40}\ttop.txt\n100644 {blob_id(b'')} 1\ttop.txt\n".encode(),
    )
    assert "top.txt" not in {entry.path for entry in repo.entries()}


def test_names_that_are_not_utf8_are_kept(repo: Repository, root: Path, commit: Git) -> None:
    """A name of any bytes comes back as those bytes, from every listing."""
    Path(os.fsdecode(os.fsencode(root) + b"/" + ODD)).write_bytes(b"x")
    commit({})
    for entries in (repo.entries(), repo.entries(repo.head_commit())):
        assert ODD in [os.fsencode(entry.path) for entry in entries]
    Path(os.fsdecode(os.fsencode(root) + b"/" + ODD)).write_bytes(b"longer")
    assert repo.touched_paths() == {os.fsdecode(ODD)}


def test_edits_are_staged_or_touched_paths(repo: Repository, root: Path, git: Git) -> None:
    """Edits, deletions and staged changes are seen; files that git does not track are neither."""
    assert repo.staged_paths() | repo.touched_paths() == set()
    (root / "api/a.py").write_text("edited")
    (root / "web/b.py").write_text("staged")
    git("add", "web/b.py")
    (root / "top.txt").unlink()
    (root / ".gitignore").write_text("ignored\n")
    (root / "ignored").touch()
    (root / "new.py").touch()
    assert repo.touched_paths() == {"api/a.py", "top.txt"}
    assert repo.staged_paths() == {"web/b.py"}
    assert repo.ignored(["ignored", "new.py", "top.txt"]) == ["ignored"]


def test_blobs_come_in_the_order_asked_for(repo: Repository) -> None:
    """Blobs are read through one process, an empty one and repeats included."""
    a, run, top, _ = repo.entries()
    wanted = [run.oid, top.oid, a.oid, run.oid]
    assert list(repo.read_blobs(wanted)) == [
        (run.oid, b"#!/bin/sh\r\n"),
        (top.oid, b""),
        (a.oid, b"import os\n"),
        (run.oid, b"#!/bin/sh\r\n"),
    ]


def test_an_abandoned_read_ends_its_process(repo: Repository) -> None:
    """Taking one blob of many leaves no process and no open pipe behind."""
    oids = [repo.entries()[0].oid] * 100_000
    before = children()
    reading = repo.read_blobs(oids)
    assert next(reading)[1] == b"import os\n"
    assert children() - before
    reading.close()
    assert children() <= before


def children() -> set[str]:
    """Processes that this one started, in whatever test, and that have not ended."""
    tasks = Path(f"/proc/{os.getpid()}/task").glob("*/children")
    return {pid for task in tasks for pid in task.read_text().split()}


@pytest.mark.parametrize("oid", ["0" * 40, "HEAD", "HEAD^{tree}"])
def test_what_is_no_blob_is_an_error(repo: Repository, oid: str) -> None:
    """A missing object, a commit or a tree is named."""
    with pytest.raises(GitError, match="git has no blob"):
        list(repo.read_blobs([oid]))


def test_files_of_a_commit(repo: Repository) -> None:
    """Bytes and mode of the paths that are plain files; others are not there."""
    files = repo.read_files(repo.head_commit(), ["api/run.py", "api", "none"])
    assert files == {"api/run.py": (b"#!/bin/sh\r\n", "100755")}


def test_replaced_objects_are_read_as_they_are(repo: Repository, git: Git) -> None:
    """A replacement under refs/replace changes nothing that is read."""
    a, run, *_ = repo.entries()
    git("replace", a.oid, run.oid)
    assert list(repo.read_blobs([a.oid])) == [(a.oid, b"import os\n")]


@pytest.mark.parametrize("revision", ["nope", "--all", "-n1", "main..main", "HEAD^{tree}", "", "a\0b"])
def test_a_revision_that_is_no_commit_is_a_usage_error(repo: Repository, revision: str) -> None:
    """User text is a revision or an error, never an option."""
    with pytest.raises(UsageError):
        repo.resolve(revision)


def test_a_detached_head_has_a_commit(repo: Repository, git: Git) -> None:
    """Being on no branch is no obstacle."""
    git("checkout", "--quiet", "--detach")
    assert repo.resolve("HEAD") == repo.head_commit() == git("rev-parse", "main")


def test_no_commits_is_a_usage_error(tmp_path: Path) -> None:
    """An unborn HEAD is told apart from a broken repository."""
    subprocess.run(["git", "init", "--quiet", tmp_path], check=True)
    with pytest.raises(UsageError, match="no commits yet") as caught:
        Repository.open(tmp_path).head_commit()
    assert caught.value.hint


@pytest.mark.parametrize("name", ["", "missing", "file"])
def test_no_repository_is_a_usage_error(tmp_path: Path, name: str) -> None:
    """A folder outside of git, no folder, and a file each have a hint."""
    (tmp_path / "file").touch()
    with pytest.raises(UsageError) as caught:
        Repository.open(tmp_path / name)
    assert caught.value.hint


def test_inside_of_git_is_a_usage_error(repo: Repository) -> None:
    """A .git folder is not a place to migrate."""
    with pytest.raises(UsageError, match=r"inside a \.git folder"):
        Repository.open(repo.git_dir)


def test_a_bare_repository_reads_head(repo: Repository, root: Path, tmp_path: Path) -> None:
    """Without an index, HEAD is what there is."""
    subprocess.run(["git", "clone", "--quiet", "--bare", root, tmp_path / "bare.git"], check=True)
    bare = Repository.open(tmp_path / "bare.git")
    assert bare.work_tree is None
    assert bare.entries() == repo.entries()


def test_a_linked_working_tree_has_its_own_index(
    repo: Repository, root: Path, git: Git, tmp_path: Path
) -> None:
    """Work in a linked working tree is its own; objects are shared."""
    git("worktree", "add", "--quiet", "-b", "side", str(tmp_path / "side"))
    side = Repository.open(tmp_path / "side")
    (tmp_path / "side" / "top.txt").write_text("edited")
    assert side.work_tree == tmp_path / "side"
    assert (side.touched_paths(), repo.touched_paths()) == ({"top.txt"}, set())
    assert side.common_dir == root / ".git"
    assert side.git_dir != side.common_dir


def test_a_shallow_clone_says_so(repo: Repository, root: Path, git: Git, tmp_path: Path) -> None:
    """A commit that was cut off is a usage error that tells how to get it."""
    old = git("rev-parse", "HEAD^")
    source = f"file://{root}"
    subprocess.run(["git", "clone", "--quiet", "--depth=1", source, tmp_path / "shallow"], check=True)
    shallow = Repository.open(tmp_path / "shallow")
    assert shallow.entries() == repo.entries()
    with pytest.raises(UsageError) as caught:
        shallow.resolve(old)
    assert "unshallow" in caught.value.hint


def test_a_partial_clone_fetches_nothing(repo: Repository, root: Path, git: Git, tmp_path: Path) -> None:
    """A blob that is only at the remote is an error with a hint, not a silent download."""
    git("config", "uploadpack.allowFilter", "true")
    command = ["git", "clone", "--quiet", "--no-checkout", "--filter=blob:none", f"file://{root}", "partial"]
    subprocess.run(command, cwd=tmp_path, check=True)
    partial = Repository.open(tmp_path / "partial")
    with pytest.raises(GitError) as caught:
        list(partial.read_blobs([repo.entries()[0].oid]))
    assert "partial" in caught.value.hint


def test_identity_and_time(repo: Repository, git: Git, monkeypatch: pytest.MonkeyPatch) -> None:
    """Who commits is asked of git; without an identity there is a documented one."""
    assert repo.identity() == ("Test", "test@example.invalid")
    assert repo.commit_time(repo.head_commit()) == int(git("log", "-1", "--format=%ct"))
    monkeypatch.setenv("GIT_CONFIG_GLOBAL", os.devnull)
    git("config", "user.useConfigOnly", "true")
    assert repo.identity() == ("ssot-migrate", "ssot-migrate@localhost")


@pytest.mark.parametrize("repo", ["sha256"], indirect=True)
def test_sha256_repositories_are_read(repo: Repository) -> None:
    """Object ids have 64 digits and all else is the same."""
    assert repo.entries()[0] == Entry("100644", blob_id(b"import os\n", 64), "api/a.py")
    assert len(repo.head_commit()) == 64


def test_files_are_read_where_they_are_checked_out(repo: Repository, root: Path, commit: Git) -> None:
    """What stands there byte for byte is; what is large, edited, gone or no plain file comes from git."""
    names = ["same.py", "edited.py", "gone.py", "link.py", "fifo.py", "folder.py", "large.py"]
    texts = {name: f"{name}\n".encode() * (200_000 if name == "large.py" else 1) for name in names}
    for name, text in texts.items():
        (root / name).write_bytes(text)
    commit({})
    head = repo.head_commit()
    entries = {entry.path: entry for entry in repo.tree(head)}
    assert {e.path for e, _ in checked_out(root, (entries[name] for name in names))} == set(names[:-1])
    for name in names[1:6]:
        (root / name).unlink()
    (root / "edited.py").write_bytes(b"edited.py\r\n")
    (root / "outside").write_bytes(texts["link.py"])
    (root / "link.py").symlink_to(root / "outside")
    os.mkfifo(root / "fifo.py")
    (root / "folder.py").mkdir()
    assert {e.path for e, _ in checked_out(root, (entries[name] for name in names))} == {"same.py"}
    assert {path: data for path, (data, _) in repo.read_files(head, names).items()} == texts
    assert not list(checked_out(None, entries.values()))
