"""Plans to seal, of one made-up file or more."""

from __future__ import annotations

from typing import Any

import msgspec

from ssot_migrate.plans.model import SCHEMA, FilePlan, Plan, PlannedEdit, RuleRef, Step, Tally

BASE = "b" * 40
BEFORE = "c" * 40
AFTER = "d" * 40
RULES = (RuleRef("SSOT001", "environment", "one environment"), RuleRef("SSOT002", "mocks", "one factory"))


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
