"""A plan file is read back exactly, or refused as a whole."""

from __future__ import annotations

import json
from pathlib import Path

import msgspec
import pytest

from ssot_migrate.edits import Span
from ssot_migrate.errors import PlanTampered, Refused, UsageError
from ssot_migrate.findings import Finding, State
from ssot_migrate.model import Safety
from ssot_migrate.plans.model import PlannedEdit, Tally
from ssot_migrate.plans.store import dump, load, save, seal
from tests.plans.sealed import BASE, file_plan, plan_of


def test_saved_plan_reads_back(tmp_path: Path) -> None:
    """What is loaded equals what was saved, and nothing else is left in the folder."""
    plan = seal(plan_of(file_plan()))
    save(plan, tmp_path / "plan.json")
    assert load(tmp_path / "plan.json") == plan
    assert [path.name for path in tmp_path.iterdir()] == ["plan.json"]


def test_saving_replaces_the_old_plan(tmp_path: Path) -> None:
    """A second save replaces the first plan whole."""
    path = tmp_path / "plan.json"
    save(seal(plan_of(file_plan())), path)
    save(seal(plan_of()), path)
    assert load(path).files == ()


def test_digest_ignores_the_order_of_mapping_keys() -> None:
    """Two equal plans have one digest, however their mappings were filled."""
    one = seal(plan_of(ledger=(Tally("mocks", 3, {"a": 1, "b": 2}),)))
    other = seal(plan_of(ledger=(Tally("mocks", 3, {"b": 2, "a": 1}),)))
    assert one.digest == other.digest


def test_sealing_orders_edits_and_keeps_inserts_at_one_place() -> None:
    """Edits come out by position; two inserts at one offset stay in the order given."""
    edits = (PlannedEdit(9, 9, "x", 0, 0), PlannedEdit(2, 2, "z", 0, 0), PlannedEdit(2, 2, "a", 0, 0))
    sealed = seal(plan_of(file_plan(edits=edits)))
    assert [edit.text for edit in sealed.files[0].edits] == ["z", "a", "x"]


def test_sealing_refuses_what_loading_would() -> None:
    """No plan is sealed that could not be read back."""
    with pytest.raises(PlanTampered, match="outside.py"):
        seal(plan_of(file_plan(path="../outside.py")))


def test_saving_never_writes_through_a_link(tmp_path: Path) -> None:
    """A symbolic link, dangling or not, and a folder are refused and left alone."""
    target = tmp_path / "precious"
    target.write_text("mine")
    for name, to in (("link", target), ("dangling", tmp_path / "nowhere")):
        (tmp_path / name).symlink_to(to)
        with pytest.raises(Refused, match="not a regular file"):
            save(seal(plan_of()), tmp_path / name)
    with pytest.raises(Refused):
        save(seal(plan_of()), tmp_path)
    assert target.read_text() == "mine"


def test_saving_into_no_folder_is_a_usage_error(tmp_path: Path) -> None:
    """A missing folder is named."""
    with pytest.raises(UsageError, match="nowhere"):
        save(seal(plan_of()), tmp_path / "nowhere" / "plan.json")


@pytest.mark.parametrize("name", ["missing.json", "."])
def test_loading_no_file_is_a_usage_error(tmp_path: Path, name: str) -> None:
    """A missing file or a folder is no plan."""
    with pytest.raises(UsageError, match="no plan file"):
        load(tmp_path / name)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b'{"schema": "1"}',
        b'{"schema": 3}',
        b'{"schema": 3, "tool": "\xff"}',
        b'{"schema": 3, "tool": "\\udcff"}',
        b'{"x": ' + b"[" * 100_000 + b"]" * 100_000 + b', "schema": 3}',
    ],
)
def test_malformed_files_are_refused(tmp_path: Path, data: bytes) -> None:
    """Bytes that are no plan are refused as such, however deep or broken they are."""
    path = tmp_path / "plan.json"
    path.write_bytes(data)
    with pytest.raises(PlanTampered, match="is not a plan"):
        load(path)


def test_truncated_plan_is_refused(tmp_path: Path) -> None:
    """A plan that was cut off anywhere is no plan."""
    whole = dump(seal(plan_of(file_plan())))
    path = tmp_path / "plan.json"
    for length in range(0, len(whole), 37):
        path.write_bytes(whole[:length])
        with pytest.raises(PlanTampered):
            load(path)


def test_other_schema_is_named(tmp_path: Path) -> None:
    """A plan of another schema is refused with both numbers, even if all else differs too."""
    path = tmp_path / "plan.json"
    path.write_text(json.dumps({"schema": 99, "novelty": []}))
    with pytest.raises(PlanTampered, match="schema 99.*reads 3"):
        load(path)


@pytest.mark.parametrize("old", [b"import a", b"api/a.py", BASE.encode(), b"environment", b"bundled"])
def test_any_change_breaks_the_seal(tmp_path: Path, old: bytes) -> None:
    """Changing a text, a path, an id, a rule or the profile is noticed."""
    data = dump(seal(plan_of(file_plan())))
    assert old in data
    path = tmp_path / "plan.json"
    path.write_bytes(data.replace(old, old[:-1] + b"e"))
    with pytest.raises(PlanTampered, match="digest"):
        load(path)


def test_hundred_thousand_edits_load(tmp_path: Path) -> None:
    """A plan of 100,000 edits is nothing special."""
    edits = tuple(PlannedEdit(4 * n, 4 * n + 2, "x", 0, 1) for n in range(1000))
    plan = seal(plan_of(*(file_plan(path=f"api/{n}.py", edits=edits) for n in range(100))))
    save(plan, tmp_path / "plan.json")
    assert sum(len(file.edits) for file in load(tmp_path / "plan.json").files) == 100_000


def test_the_text_in_parts_is_that_of_the_whole() -> None:
    """However many files and findings there are, and whatever stands in them."""
    files = [file_plan(path=f'api/{number} "files":[],"findings":[],.py') for number in range(1203)]
    span, safety = Span(0, 1), Safety.SAFE
    found = tuple(
        Finding("mocks", "k", "a.py", span, 1, "", '"files":[],', State.CHANGED, safety, str(number))
        for number in range(2001)
    )
    for plan in (plan_of(), plan_of(*files[:1]), plan_of(*files, findings=found, profile='"files":[],')):
        assert dump(plan) == msgspec.json.encode(plan, order="deterministic")
