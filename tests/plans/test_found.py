"""Findings that stay packed are those that went in, and weigh as the bytes of the plan's file."""

from __future__ import annotations

import msgspec

from ssot_migrate.edits import Span
from ssot_migrate.engine.decision import FileDecision, packed
from ssot_migrate.engine.summing import summed
from ssot_migrate.findings import Finding, State
from ssot_migrate.model import Safety
from ssot_migrate.plans.found import Found, in_numbers
from ssot_migrate.plans.store import dump, seal
from tests.plans.sealed import plan_of


def finding(path: str, line: int, state: State = State.CHANGED) -> Finding:
    """One of a file; its text has what JSON escapes, and what it does not."""
    text = 'a "quoted" \\ name, ünd mehr'
    return Finding(
        "mocks", "k", path, Span(0, line), line, "", text, state, Safety.SAFE, f"{line:016}", "api"
    )


ALL = {
    "b.py": (finding("b.py", 1), finding("b.py", 2)),
    "a.py": (finding("a.py", 1), finding("a.py", 3, State.HELD)),
    "none.py": (),
}


def found() -> Found:
    """Those of all files, as an analysis leaves them."""
    return summed([packed(FileDecision(path, own)) for path, own in ALL.items()]).found


def test_all_come_back_by_path() -> None:
    """As they went in, however often they are asked for, and one by one."""
    inside = (*ALL["a.py"], *ALL["b.py"])
    assert tuple(found()) == inside == tuple(found())
    assert (len(found()), found()[1], found()[-1:]) == (4, inside[1], inside[-1:])
    assert found() == inside
    assert found() != inside[:3]


def test_their_numbers_are_those_of_the_findings() -> None:
    """What workers count is what anybody would count who has all findings."""
    by_state = {each.state: each.number for each in found().counts}
    assert by_state == {State.CHANGED: 3, State.HELD: 1}
    assert {*in_numbers(tuple(found()))} == {*found().counts}


def test_a_plan_has_the_same_bytes_and_digest_either_way() -> None:
    """Packed findings are the plan's own text; a file without any leaves no trace in it."""
    loose, tight = plan_of(findings=tuple(found())), plan_of(findings=found())
    assert dump(tight) == dump(loose) == msgspec.json.encode(loose, order="deterministic")
    assert seal(tight).digest == seal(loose).digest
    assert dump(plan_of(findings=Found([], []))) == dump(plan_of())
