"""Changes of one shape stand together, and what differs from the rest is named."""

from __future__ import annotations

import random

import msgspec
import pytest

from ssot_migrate.edits import Span
from ssot_migrate.findings import Finding, State
from ssot_migrate.model import Safety
from ssot_migrate.plans.clusters import Cluster, clusters
from ssot_migrate.plans.model import SCHEMA, FilePlan, Plan, PlannedEdit, Step
from ssot_migrate.plans.shapes import carried, shape

Change = tuple[str, str, str]


def plan_of(*changes: Change) -> tuple[Plan, dict[str, bytes]]:
    """A plan with one change (rule, before, after) a file, and the base texts."""
    files, findings, base = [], [], {}
    for number, (rule, before, after) in enumerate(changes):
        path, fingerprint = f"tests/f{number:05}.py", f"{number:016x}"
        edit = PlannedEdit(0, len(before.encode()), after, 0, 0, (fingerprint,))
        files.append(FilePlan(path, "s", "b" * 40, (Step(rule, "a" * 40),), (edit,)))
        span = Span(0, edit.end)
        findings.append(
            Finding(rule, "k", path, span, 1, "", "why", State.CHANGED, Safety.SAFE, fingerprint, "s")
        )
        base[path] = before.encode()
    return Plan(SCHEMA, "1", "b" * 40, "p", (), ("s",), tuple(files), tuple(findings), (), (), ()), base


def cluster(plan: Plan, base: dict[str, bytes]) -> tuple[Cluster, ...]:
    """The clusters over base texts in memory."""
    return clusters(plan, base.__getitem__)


@pytest.mark.parametrize(
    ("edits", "expected"),
    [
        ([("os.getenv('A', b)", "env.get('A', b)")], "os.getenv(“1”,‹1›) env.get(“1”,‹1›)"),
        ([("x = 1 if y else 2", "x = 2")], "‹1›=1 if y else #1 ‹1›=#1"),
        ([("os.environ[", "env.set("), ("] = ", ", "), ("", ")")], "os.environ[ env.set( ]= ,  )"),
        ([('f(r"""a\nb""")', 'g(r"""a\nb""")')], "f(“1”) g(“1”)"),
    ],
)
def test_shapes(edits: list[tuple[str, str]], expected: str) -> None:
    """What is carried over becomes a sign with its number; keywords and what is replaced stay."""
    assert " ".join(part for pair in shape(edits) for part in pair) == expected


def test_other_order_is_another_shape() -> None:
    """Arguments that change places are not the same change as arguments that stay."""
    assert shape([("f(a, b)", "g(a, b)")]) == shape([("f(x,  y)", "g(x, y)")])
    assert shape([("f(a, b)", "g(a, b)")]) != shape([("f(a, b)", "g(b, a)")])
    assert carried([("f(abc)", "g(abc)")]) == 3


def test_clusters_by_rule_and_shape() -> None:
    """Largest first; members by path; a rule or another replacement makes another cluster."""
    plan, base = plan_of(
        ("env", "get('A')", "read('A')"),
        ("env", "get('B')", "read('B')"),
        ("env", "get('B')", "read_all()"),
        ("other", "get('B')", "read('B')"),
    )
    found = cluster(plan, base)
    assert [(c.rule, c.members) for c in found] == [
        ("env", (f"{0:016x}", f"{1:016x}")),
        ("env", (f"{2:016x}",)),
        ("other", (f"{3:016x}",)),
    ]
    assert len({c.id for c in found}) == 3


def test_outliers_are_named() -> None:
    """One for review among safe ones, and one that carries over a long string, are told apart."""
    plan, base = plan_of(*(("env", f"get('{key}')", f"read('{key}')") for key in "AAAABCDEFGHIJ" + "KLMNOPQ"))
    odd = msgspec.structs.replace(plan.findings[3], safety=Safety.REVIEW, message="check the key")
    findings = (*plan.findings[:3], odd, *plan.findings[4:])
    (only,) = cluster(msgspec.structs.replace(plan, findings=findings), base)
    assert [(o.fingerprint, o.why) for o in only.outliers] == [
        (odd.fingerprint, "is review, most others are not; has a note of its own: check the key")
    ]
    assert only.exemplar == plan.findings[0].fingerprint

    long = "x" * 100
    plan, base = plan_of(*(("env", f"get('{key}')", f"read('{key}')") for key in [*"ABCDEFGHIJ", long]))
    (only,) = cluster(plan, base)
    assert [o.why for o in only.outliers] == ["carries over something unusually long"]


def test_clusters_do_not_depend_on_order() -> None:
    """Files and findings in any order give the same clusters."""
    rng = random.Random(6)
    plan, base = plan_of(*(("env", f"get('{n}')", f"read('{n % 7}', '{n}')") for n in range(200)))
    files, findings = list(plan.files), list(plan.findings)
    rng.shuffle(files)
    rng.shuffle(findings)
    mixed = msgspec.structs.replace(plan, files=tuple(files), findings=tuple(findings))
    assert cluster(mixed, base) == cluster(plan, base)


def test_only_the_last_text_of_an_edit_counts() -> None:
    """An edit that a later step replaces is not part of the shape."""
    plan, base = plan_of(("env", "get('A')", "read('A')"))
    file = plan.files[0]
    edits = (
        PlannedEdit(0, 8, "first('A')", 0, 0, file.edits[0].findings),
        PlannedEdit(0, 8, "second('A')", 1, 1, file.edits[0].findings),
    )
    steps = (*file.steps, Step("later", "c" * 40))
    two = msgspec.structs.replace(file, edits=edits, steps=steps)
    (only,) = cluster(msgspec.structs.replace(plan, files=(two,)), base)
    assert only.shape == (("get(“1”)", "second(“1”)"),)
