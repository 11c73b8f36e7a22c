"""A plan file is read back exactly, or refused with a reason."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest

from ssot_migrate.edits import Span
from ssot_migrate.errors import PlanTampered, Refused, UsageError
from ssot_migrate.findings import Finding, State
from ssot_migrate.model import Safety
from ssot_migrate.plans.check import path_fault
from ssot_migrate.plans.model import SCHEMA, FilePlan, Plan, PlannedEdit, RuleRef, Step, Tally
from ssot_migrate.plans.store import dump, load, save, seal

BASE = "b" * 40
BEFORE = "c" * 40
AFTER = "d" * 40
RULES = (RuleRef("SSOT001", "environment", "one environment"), RuleRef("SSOT002", "mocks", "one factory"))
Forge = Callable[..., Path]


def file_plan(**changes: Any) -> FilePlan:  # noqa: ANN401
    """A valid file plan of two steps with ``changes``."""
    steps = (Step("environment", AFTER), Step("mocks", AFTER))
    edits = (PlannedEdit(0, 0, "import a\n", 0, 1), PlannedEdit(4, 9, "b", 1, 1))
    return msgspec.structs.replace(FilePlan("api/a.py", "api", BEFORE, steps, edits), **changes)


def plan_of(*files: FilePlan, **changes: Any) -> Plan:  # noqa: ANN401
    """An unsealed plan with ``changes``."""
    tallies = (Tally("environment", 3, {"changed": 2, "advice": 1}),)
    plan = Plan(SCHEMA, "0.1.0", BASE, "bundled", RULES, ("api",), files, (), (), tallies, ())
    return msgspec.structs.replace(plan, **changes)


@pytest.fixture
def forge(tmp_path: Path) -> Forge:
    """Write a plan that was never checked, with a digest that fits: what an attacker would do."""

    def write(plan: Plan) -> Path:
        digest = hashlib.sha256(dump(msgspec.structs.replace(plan, digest=""))).hexdigest()
        path = tmp_path / "forged.json"
        path.write_bytes(dump(msgspec.structs.replace(plan, digest=digest)))
        return path

    return write


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


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/etc/passwd",
        "../outside.py",
        "a/../../b.py",
        "a//b.py",
        "./a.py",
        "a/.",
        "a/",
        ".git/config",
        "vendored/.GIT/hooks/pre-commit",
        ".git./config",
        ".git /config",
        "git~1/config",
        ".git::$INDEX_ALLOCATION/config",
        ".g\u200cit/config",
        "a\\b.py",
        "C:/a.py",
        "a\0b.py",
        "a/" * 3000 + "b.py",
    ],
)
def test_hostile_paths_are_refused(forge: Forge, path: str) -> None:
    """No path leaves the working tree or reaches into .git, under any file system's rules."""
    with pytest.raises(PlanTampered):
        load(forge(plan_of(file_plan(path=path))))


@pytest.mark.parametrize("path", ["a.py", ".github/a.yml", "a b/\n.py", "dir.git/x", "ünï.py", ".gitignore"])
def test_plain_paths_are_not_faulted(path: str) -> None:
    """Unusual but lawful names pass."""
    assert path_fault(path) == ""


def test_path_that_is_not_utf8_has_a_fault() -> None:
    """A name that JSON cannot carry is told apart before a plan is made."""
    assert "UTF-8" in path_fault("caf\udce9.py")


@pytest.mark.parametrize(
    "change",
    [
        {"before": "HEAD"},
        {"before": BEFORE.upper()},
        {"before": BEFORE[:39]},
        {"steps": (Step("environment", "--help"),), "edits": ()},
        {"mode": "120000"},
        {"mode": "160000"},
        {"mode": "100777"},
        {"encoding": "no-such"},
        {"encoding": "rot13"},
        {"encoding": "idna"},
        {"encoding": "utf\0"},
        {"steps": (), "edits": ()},
        {"steps": (Step("unknown", AFTER),), "edits": ()},
        {"steps": (Step("mocks", AFTER), Step("environment", AFTER)), "edits": ()},
        {"steps": (Step("mocks", AFTER), Step("mocks", AFTER)), "edits": ()},
        {"edits": (PlannedEdit(0, 1, "", 0, 2),)},
        {"edits": (PlannedEdit(0, 1, "", -1, 1),)},
        {"edits": (PlannedEdit(0, 1, "", 1, 0),)},
        {"edits": (PlannedEdit(-1, 1, "", 0, 1),)},
        {"edits": (PlannedEdit(5, 4, "", 0, 1),)},
        {"edits": (PlannedEdit(0, 5, "", 0, 1), PlannedEdit(4, 6, "", 1, 1))},
        {"edits": (PlannedEdit(8, 9, "", 0, 1), PlannedEdit(0, 1, "", 0, 1))},
    ],
    ids=repr,
)
def test_hostile_files_are_refused(forge: Forge, change: dict[str, Any]) -> None:
    """Ids, modes, encodings, steps and edits that no planner writes are refused, digest or not."""
    with pytest.raises(PlanTampered, match="api/a.py"):
        load(forge(plan_of(file_plan(**change))))


def test_edits_of_different_steps_may_share_a_place(forge: Forge) -> None:
    """An import line that a later step rewrites ends where its successor begins."""
    edits = (PlannedEdit(0, 4, "import a", 0, 0), PlannedEdit(0, 4, "import a, b", 1, 1))
    assert load(forge(plan_of(file_plan(edits=edits)))).files[0].edits == edits


@pytest.mark.parametrize("names", [("a.py", "a.py"), ("a", "a/b.py"), ("a/b", "a/b/c/d.py")])
def test_files_must_not_collide(forge: Forge, names: tuple[str, str]) -> None:
    """One path twice, or a file under a file, is refused."""
    with pytest.raises(PlanTampered):
        load(forge(plan_of(*(file_plan(path=name) for name in names))))


@pytest.mark.parametrize("change", [{"base": "main"}, {"base": "-" * 40}, {"rules": RULES + RULES[:1]}])
def test_hostile_heads_are_refused(forge: Forge, change: dict[str, Any]) -> None:
    """The base must be an object id, and no rule may be named twice."""
    with pytest.raises(PlanTampered):
        load(forge(plan_of(**change)))


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
