"""Changes of several rules on the same lines: which go together, and what stands after each commit."""

from __future__ import annotations

from pathlib import Path

import pytest
from msgspec.structs import replace

from ssot_migrate.edits import Edit
from ssot_migrate.engine.composing import Decided, composed
from ssot_migrate.model import Change, Site
from ssot_migrate.plans.apply import replay
from ssot_migrate.workflow import Request, make_plan
from ssot_migrate.workflow.golden import repository

TEXT = b"""import old


def helper():
    return old.make()


print(helper(), old)
"""
INNER = Edit(TEXT.index(b"old.make"), TEXT.index(b"old.make") + 8, "new()")
PUT = Edit(TEXT.index(b"def"), TEXT.index(b"print"), "x")
WHOLE = Edit(TEXT.index(b"def"), TEXT.index(b"print"), "")
RULES = ("calls", "copies")


def decided(rule: str, *edits: Edit, provides: tuple[str, ...] = ()) -> Decided:
    """A change of ``rule`` at its first edit."""
    site = Site(rule, "call", "app.py", edits[0].span, 1)
    return Decided(site, Change(tuple(edits), provides=provides), f"{rule}-{edits[0].start}")


def test_a_removal_takes_changes_inside_of_it_along() -> None:
    """Both are made; the removal's edit speaks for what it takes along, too."""
    inner, outer = decided("calls", INNER), decided("copies", WHOLE)
    found = composed([outer, inner], RULES)
    assert (found.accepted, found.deferred) == ((inner, outer), ())
    assert list(found.standing) == [outer]
    assert list(found.until(RULES[:1]).standing) == [inner]
    assert found.owners[WHOLE] == (outer.fingerprint, inner.fingerprint)


def test_a_removal_in_a_removal_takes_all_along() -> None:
    """What the smaller one would have taken goes with the larger one."""
    part = Edit(WHOLE.start + 4, WHOLE.end, "")
    items = [decided("calls", INNER), decided("parts", part), decided("copies", WHOLE)]
    found = composed(items, ("calls", "parts", "copies"))
    assert set(found.owners[WHOLE]) == {item.fingerprint for item in items}
    assert list(found.standing) == [items[2]]


@pytest.mark.parametrize(
    ("inner", "outer"),
    [
        pytest.param(decided("calls", INNER), decided("copies", PUT), id="replaced"),
        pytest.param(decided("calls", INNER, Edit(0, 3, "")), decided("copies", WHOLE), id="not whole"),
        pytest.param(decided("calls", INNER, provides=("class:a",)), decided("copies", WHOLE), id="promised"),
        pytest.param(decided("calls", INNER), decided("copies", Edit(0, INNER.start + 1, "")), id="crossing"),
    ],
)
def test_other_overlaps_are_deferred(inner: Decided, outer: Decided) -> None:
    """A later change waits where it would undo part of another, or what other files count on."""
    found = composed([inner, outer], RULES)
    assert (found.accepted, found.deferred) == ((inner,), (outer.site,))


def test_each_commit_has_its_own_text(tmp_path: Path) -> None:
    """In the commit of the mocks the copy still stands, with its mocks made; in that of copies it is gone."""
    repo = tmp_path / "repo"
    repository(Path(__file__).parents[1] / "golden" / "duplicate_helper" / "before", repo)
    plan = make_plan(Request(path=str(repo), use_cache=False), lambda *progress: None)
    file = next(file for file in plan.files if file.path.endswith("test_copy_around_mocks.py"))
    (applied,) = replay(
        replace(plan, files=(file,)), {file.path: ((repo / file.path).read_bytes(), file.mode)}.get
    ).applied
    assert [step.rule for step in file.steps] == ["ad-hoc-mock", "duplicate-helper"]
    mocked, joined = (text.decode() for text in applied.texts)
    assert mocked.count("create_mock(") == 3
    assert "def reply_with" in mocked
    assert joined.count("create_mock(") == 1
    assert "import reply_with" in joined
    served = {name for edit in file.final for name in edit.findings}
    assert served == {f.fingerprint for f in plan.findings if f.path == file.path}
