"""The diff that is made from edits is the diff of the texts, and git applies it."""

from __future__ import annotations

import subprocess
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssot_migrate.edits import Edit, splice
from ssot_migrate.plans.model import FilePlan, PlannedEdit, Step, blob_id
from ssot_migrate.reports.lined import Lined
from ssot_migrate.reports.unified import unified

TEXT = st.lists(st.sampled_from(["a", "b", "\n", "\r", "\r\n", "\f", "é", "c\n"]), max_size=40).map("".join)


def planned(edits: list[Edit], name: str = "a.txt", before: str = "0" * 40) -> FilePlan:
    """A plan of one step for a file, which is there unless ``before`` is empty."""
    lifetimes = tuple(PlannedEdit(edit.start, edit.end, edit.text, 0, 0) for edit in edits)
    return FilePlan(name, "s", before, (Step("r", "0" * 40),), lifetimes)


def applied(folder: Path, before: bytes | None, diff: bytes, name: str = "a.txt") -> bytes:
    """What ``git apply`` makes of ``before``."""
    if before is not None:
        (folder / name).write_bytes(before)
    command = ["git", "-c", "core.autocrlf=false", "apply", "--whitespace=nowarn", "-"]
    subprocess.run(command, cwd=folder, input=diff, check=True, capture_output=True)
    return (folder / name).read_bytes()


@given(
    before=TEXT, cuts=st.lists(st.integers(0, 40), max_size=8), texts=st.lists(TEXT, min_size=4, max_size=4)
)
def test_git_applies_it(
    tmp_path_factory: pytest.TempPathFactory, before: str, cuts: list[int], texts: list[str]
) -> None:
    """Whatever the line ends, the result of the diff is the result of the edits."""
    data = before.encode()
    offsets = sorted({min(cut, len(before)) for cut in cuts})
    spans = list(zip(offsets[::2], offsets[1::2], strict=False))
    places = [(len(before[:start].encode()), len(before[:end].encode())) for start, end in spans]
    edits = [Edit(*place, text) for place, text in zip(places, texts, strict=False)]
    after = splice(data, edits)
    diff = unified(planned(edits), Lined(data))
    assert bool(diff) == (after != data)
    if diff:
        assert applied(tmp_path_factory.mktemp("apply"), data, diff) == after


@pytest.mark.parametrize(
    "name", ["a b.txt", 'say "no".txt', "tab\t.txt", "two\nlines.txt", "\x1b[2J.txt", "ü.txt"]
)
@pytest.mark.parametrize("is_new", [False, True])
def test_any_name_is_written_as_git_reads_it(tmp_path: Path, name: str, is_new: bool) -> None:
    """In quotes where it would end the line, or the name, too soon."""
    before = None if is_new else b"a\n"
    plan = planned([Edit(0, 0, "b\n")], name, "" if is_new else "0" * 40)
    diff = unified(plan, Lined(before or b""))
    assert applied(tmp_path, before, diff, name) == b"b\n" + (before or b"")
    assert b"\x1b" not in diff


def test_git_merges_it_into_a_file_that_has_changed(tmp_path: Path) -> None:
    """The blobs that the diff names are those of the plan, so that ``git apply --3way`` finds the base."""
    before, after = b"a\nb\nc\nd\ne\n", b"a\nb\nC\nd\ne\n"
    run = partial(subprocess.run, cwd=tmp_path, check=True, capture_output=True)
    run(["git", "init", "--quiet"])
    run(["git", "hash-object", "-w", "--stdin"], input=before)
    (tmp_path / "a.txt").write_bytes(b"first\n" + before.replace(b"d", b"D"))
    run(["git", "add", "a.txt"])
    plan = FilePlan(
        "a.txt", "s", blob_id(before), (Step("r", blob_id(after)),), (PlannedEdit(4, 5, "C", 0, 0),)
    )
    subprocess.run(
        ["git", "apply", "--3way", "-"], cwd=tmp_path, input=unified(plan, Lined(before)), capture_output=True
    )
    merged = (tmp_path / "a.txt").read_bytes()
    assert b"<<<<<<< ours" in merged
    assert merged.endswith(b"e\n")


def test_lines_that_stay_are_context() -> None:
    """A line between two edited ones that both keep it is not shown as removed and added."""
    before = b"import os\nfrom a import b\nx = 1\n"
    edits = [Edit(0, 10, ""), Edit(25, 25, "\nfrom c import d")]
    assert unified(planned(edits), Lined(before)).splitlines()[4:] == [
        b"@@ -1,3 +1,3 @@",
        b"-import os",
        b" from a import b",
        b"+from c import d",
        b" x = 1",
    ]
