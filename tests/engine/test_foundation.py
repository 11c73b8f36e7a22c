"""Which files go into the branch below the services' own."""

from __future__ import annotations

from ssot_migrate.engine.decision import FileDecision
from ssot_migrate.engine.foundation import file_plans
from ssot_migrate.plans.model import FilePlan, PlannedEdit, Step


def changed(
    path: str, *, provides: tuple[str, ...] = (), requires: tuple[str, ...] = (), shared: bool = False
) -> FileDecision:
    """A changed file of the service that its folder names."""
    steps, edits = (Step("rule", "1" * 40),), (PlannedEdit(0, 0, "x", 0, 0),)
    plan = FilePlan(path, path.partition("/")[0], "0" * 40, steps, edits)
    return FileDecision(path, plan=plan, provides=provides, requires=requires, shared=shared)


def foundation(*decisions: FileDecision) -> set[str]:
    """The paths that ``file_plans`` marks."""
    return {plan.path for plan in file_plans(decisions) if plan.foundation}


def test_a_promise_kept_within_a_service_needs_no_foundation() -> None:
    """Both ends of the promise are in one branch."""
    assert foundation(changed("a/base.py", provides=("B",)), changed("a/test_x.py", requires=("B",))) == set()


def test_a_promise_to_another_service_does() -> None:
    """Another service's branch must find the change below it."""
    keeper, counting = changed("a/base.py", provides=("B",)), changed("b/test_x.py", requires=("B",))
    assert foundation(keeper, counting) == {"a/base.py"}


def test_what_a_foundation_file_counts_on_is_foundation() -> None:
    """The lowest branch must stand alone as well."""
    decisions = [
        changed("a/shared.py", requires=("B",), shared=True),
        changed("a/base.py", provides=("B",), requires=("C",)),
        changed("a/root.py", provides=("C",), requires=("elsewhere",)),
        changed("a/other.py", provides=("D",)),
    ]
    assert foundation(*decisions) == {"a/shared.py", "a/base.py", "a/root.py"}


def test_unchanged_files_have_no_plan() -> None:
    """A file with findings only is no part of any branch."""
    assert file_plans([FileDecision("a/x.py")]) == []
