"""What is written below a working tree stays there, and replaces nothing that somebody has just saved."""

from __future__ import annotations

from pathlib import Path

import pytest

from ssot_migrate.errors import Refused, SsotMigrateError
from ssot_migrate.git.inside import NewText, write_files
from ssot_migrate.plans.model import blob_id

OLD, NEW = b"old", b"new"


def new_text(path: str, before: bytes | None) -> NewText:
    """The file that is written."""
    return NewText(path, NEW, "100644", "" if before is None else blob_id(before))


@pytest.fixture
def outside(tmp_path: Path) -> Path:
    """A folder beside the tree, with a file."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/a.py").write_bytes(OLD)
    (tmp_path / "tree").mkdir()
    return tmp_path / "outside"


@pytest.mark.parametrize("place", ["link", "deep/link"])
def test_a_folder_that_became_a_link_is_not_followed(outside: Path, place: str) -> None:
    """Whoever swaps a folder after all checks gains nothing: each is opened as a folder, or not at all."""
    tree = outside.parent / "tree"
    (tree / place).parent.mkdir(exist_ok=True)
    (tree / place).symlink_to(outside)
    for before in (OLD, None):
        with pytest.raises(SsotMigrateError, match=f"cannot write {place}/a.py"):
            write_files(tree, [new_text(f"{place}/a.py", before)])
    assert [path.read_bytes() for path in outside.iterdir()] == [OLD]


def test_a_file_that_became_a_link_is_not_followed(outside: Path) -> None:
    """Neither read nor written through."""
    tree = outside.parent / "tree"
    (tree / "a.py").symlink_to(outside / "a.py")
    with pytest.raises(SsotMigrateError, match=r"cannot write a\.py"):
        write_files(tree, [new_text("a.py", OLD)])
    assert (outside / "a.py").read_bytes() == OLD


@pytest.mark.parametrize("before", [OLD, None])
def test_what_was_saved_since_the_check_is_kept(outside: Path, before: bytes | None) -> None:
    """An editor may save at any moment; the file is looked at once more before it is replaced."""
    (outside / "a.py").write_bytes(b"just saved")
    with pytest.raises(Refused, match=r"a\.py was changed while files were written"):
        write_files(outside, [new_text("a.py", before)])
    assert (outside / "a.py").read_bytes() == b"just saved"


def test_a_pipe_is_not_waited_for(outside: Path) -> None:
    """A name that became a pipe is neither read for ever nor replaced."""
    import os

    os.mkfifo(outside / "pipe.py")
    with pytest.raises(Refused, match="was changed"):
        write_files(outside, [new_text("pipe.py", OLD)])
    assert [path.name for path in outside.iterdir() if path.name.startswith(".")] == []
