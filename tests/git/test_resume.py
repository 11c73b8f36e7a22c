"""An interrupted run is finished exactly once, and undone as one."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from ssot_migrate.errors import Refused, UsageError
from ssot_migrate.git.inplace import apply_in_place
from ssot_migrate.git.journal import Journal
from ssot_migrate.git.refs import RefUpdate
from ssot_migrate.git.repository import Repository
from ssot_migrate.git.undo import undo
from ssot_migrate.plans.outcome import AppliedFile

Replayer = Callable[[Mapping[str, str]], tuple[AppliedFile, ...]]
TEXTS = {"api/a.py": "new a\n", "fresh/x.py": "new x\n", "web/b.py": "new b\n"}
PLAN = "p" * 64


@pytest.fixture
def half_done(repo: Repository, root: Path, replayed: Replayer) -> tuple[AppliedFile, ...]:
    """Files of which an interrupted run has written the first two, and begun with the third."""
    files = replayed(TEXTS)
    apply_in_place(repo, files, Journal.begin(repo.common_dir, PLAN, in_place=True))
    (root / "web/b.py").write_bytes(b"import os\n")
    (root / "web/.b.py.0123456789abcdef.tmp").write_bytes(b"new")
    return files


def test_the_rest_is_written_and_undone_with_what_was_there(
    repo: Repository, root: Path, git: Callable[..., str], half_done: tuple[AppliedFile, ...]
) -> None:
    """What is done stays, what is half-written goes, one record holds all, and it ends."""
    journal = Journal.resume(repo.common_dir, PLAN, in_place=True)
    assert apply_in_place(repo, half_done, journal, resume=True) == tuple(TEXTS)
    journal.finish()
    assert {path: (root / path).read_text() for path in TEXTS} == TEXTS
    assert list(root.rglob("*.tmp")) == []
    with pytest.raises(UsageError, match="no interrupted run"):
        Journal.resume(repo.common_dir, PLAN, in_place=True)
    assert len(undo(repo).files) == 3
    assert git("status", "--porcelain") == ""
    assert list(Journal.all(repo.common_dir)) == []


def test_without_resume_a_half_done_tree_is_refused(
    repo: Repository, half_done: tuple[AppliedFile, ...]
) -> None:
    """Nobody can tell it from somebody's work; the hint names the way on."""
    with pytest.raises(Refused, match="2 files cannot be edited") as caught:
        apply_in_place(repo, half_done)
    assert "--resume" in caught.value.hint


def test_what_somebody_has_changed_since_is_not_taken_for_done(
    repo: Repository, root: Path, half_done: tuple[AppliedFile, ...]
) -> None:
    """Only the very bytes of the plan count."""
    (root / "api/a.py").write_bytes(b"new a\nand mine\n")
    with pytest.raises(Refused, match=r"1 files .*api/a\.py has uncommitted changes"):
        apply_in_place(repo, half_done, resume=True)
    assert (root / "web/b.py").read_bytes() == b"import os\n"


@pytest.mark.parametrize(
    ("plan", "in_place", "message"),
    [
        ("q" * 64, True, "applied the plan pppppppppppp, not qqqqqqqqqqqq"),
        (PLAN, False, "applied its plan in place"),
    ],
)
def test_another_plan_or_way_is_refused(
    repo: Repository, half_done: tuple[AppliedFile, ...], plan: str, in_place: bool, message: str
) -> None:
    """Two halves of different runs would be nobody's plan."""
    with pytest.raises(Refused, match=message):
        Journal.resume(repo.common_dir, plan, in_place=in_place)


def test_what_a_half_undone_run_has_left_is_not_resumed(
    repo: Repository, root: Path, half_done: tuple[AppliedFile, ...]
) -> None:
    """Undoing is the end of a run, though the record keeps what had to be left."""
    (root / "api/a.py").write_bytes(b"mine")
    assert [Path(left.name).name for left in undo(repo).left] == ["a.py"]
    with pytest.raises(UsageError, match="no interrupted run"):
        Journal.resume(repo.common_dir, PLAN, in_place=True)


def test_the_first_values_before_are_kept(repo: Repository, tmp_path: Path) -> None:
    """A resumed run finds what the interrupted one has written; undo needs what was there before both."""
    page = tmp_path / "page"
    page.write_text("first")
    journal = Journal.begin(repo.common_dir, PLAN)
    journal.announce({page: b"second"})
    journal.announce_refs([RefUpdate("refs/heads/ssot/x/1", "a" * 40, "b" * 40)])
    page.write_text("second")
    again = Journal.resume(repo.common_dir, PLAN)
    again.announce({page: b"third"})
    again.announce_refs([RefUpdate("refs/heads/ssot/x/1", "a" * 40, "b" * 40)])
    (write,) = again.record.files
    assert (write.before, len(again.record.refs)) == (b"first", 1)
