"""Replaying believes only what hashes to what the plan says."""

from __future__ import annotations

import subprocess
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import msgspec
import pytest

from ssot_migrate.errors import PlanTampered
from ssot_migrate.plans.apply import blobs, replay
from ssot_migrate.plans.model import SCHEMA, FilePlan, Plan, PlannedEdit, RuleRef, Step, blob_id
from ssot_migrate.plans.outcome import AppliedFile

TEXT = b"\xef\xbb\xbfimport os\r\nx = os.getenv('A')\r\n"
FIRST = b"\xef\xbb\xbfimport env\r\nx = env.get('A')\r\n"
SECOND = b"\xef\xbb\xbfimport env, mock\r\nx = env.get('A')\r\n"
EDITS = (
    PlannedEdit(3, 12, "import env", 0, 0),
    PlannedEdit(3, 12, "import env, mock", 1, 1),
    PlannedEdit(18, 27, "env.get", 0, 1),
)
RULES = (RuleRef("SSOT001", "environment", "one environment"), RuleRef("SSOT002", "mocks", "one factory"))


def file_plan(path: str = "a.py", **changes: Any) -> FilePlan:  # noqa: ANN401
    """The plan from TEXT over FIRST to SECOND with ``changes``."""
    steps = (Step("environment", blob_id(FIRST)), Step("mocks", blob_id(SECOND)))
    return msgspec.structs.replace(FilePlan(path, "api", blob_id(TEXT), steps, EDITS), **changes)


def plan_of(*files: FilePlan) -> Plan:
    """A plan of ``files``; replaying needs no seal."""
    return Plan(SCHEMA, "0.1.0", "b" * 40, "bundled", RULES, ("api",), files, (), (), (), ())


def base(**files: bytes) -> Mapping[str, tuple[bytes, str]]:
    """Plain files by name, ``_`` for the dot."""
    return {name.replace("_", "."): (data, "100644") for name, data in files.items()}


def test_each_step_has_its_own_bytes() -> None:
    """An edit lives from ``since`` to ``until``; BOM and CRLF stay."""
    outcome = replay(plan_of(file_plan()), base(a_py=TEXT).get)
    assert outcome.stale == ()
    assert outcome.applied == (AppliedFile(file_plan(), (FIRST, SECOND)),)


def test_a_new_file_comes_from_nothing() -> None:
    """A file without a before is made of its inserts."""
    new = file_plan(
        before="", edits=(PlannedEdit(0, 0, "x\n", 0, 0),), steps=(Step("mocks", blob_id(b"x\n")),)
    )
    outcome = replay(plan_of(new), base().get)
    assert [applied.texts for applied in outcome.applied] == [(b"x\n",)]


@pytest.mark.parametrize(
    ("now", "before", "reason"),
    [
        ((TEXT + b"#", "100644"), blob_id(TEXT), "changed"),
        (None, blob_id(TEXT), "gone"),
        ((TEXT, "100755"), blob_id(TEXT), "100755"),
        ((TEXT, "100644"), "", "already"),
    ],
)
def test_stale_file_is_named_and_others_go_on(
    now: tuple[bytes, str] | None, before: str, reason: str
) -> None:
    """A file that is not what the plan saw is left out with a reason; the next one is replayed."""
    plan = plan_of(file_plan(before=before), file_plan("b.py"))
    outcome = replay(plan, lambda path: now if path == "a.py" else (TEXT, "100644"))
    assert [(stale.path, reason in stale.reason) for stale in outcome.stale] == [("a.py", True)]
    assert [applied.file.path for applied in outcome.applied] == ["b.py"]


@pytest.mark.parametrize(
    "change",
    [
        {"steps": (Step("environment", blob_id(b"other")), Step("mocks", blob_id(SECOND)))},
        {"edits": (PlannedEdit(3, 9999, "", 0, 1),)},
        {"edits": (PlannedEdit(3, 12, "é", 0, 1),), "encoding": "ascii"},
        {"edits": (PlannedEdit(3, 12, "\udcff", 0, 1),)},
    ],
)
def test_wrong_results_are_tampering(change: dict[str, Any]) -> None:
    """A step that gives other bytes than planned, or cannot be made at all, refuses the plan."""
    with pytest.raises(PlanTampered, match="a.py"):
        replay(plan_of(file_plan(**change)), base(a_py=TEXT).get)


def test_services_choose_and_the_foundation_always_comes() -> None:
    """Only the files of the services asked for are read, and those that all stand on."""
    plan = plan_of(
        file_plan("a.py"), file_plan("b.py", service="web"), file_plan("c.py", service="web", foundation=True)
    )
    read: list[str] = []

    def read_base(path: str) -> tuple[bytes, str]:
        read.append(path)
        return TEXT, "100644"

    assert len(list(blobs(plan, read_base, services={"api"}))) == 2
    assert read == ["a.py", "c.py"]


@pytest.mark.parametrize("object_format", ["sha1", "sha256"])
def test_blob_id_is_gits(tmp_path: Path, object_format: str) -> None:
    """The blob id is that of ``git hash-object`` in both object formats."""
    subprocess.run(["git", "init", "-q", f"--object-format={object_format}", tmp_path], check=True)
    command = ["git", "-C", str(tmp_path), "hash-object", "--stdin"]
    expected = subprocess.run(command, input=TEXT, stdout=subprocess.PIPE, check=True).stdout.decode().strip()
    assert blob_id(TEXT, len(expected)) == expected
