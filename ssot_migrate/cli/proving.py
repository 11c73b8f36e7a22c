"""``--verify`` of commands that write: only what is proven is written."""

from __future__ import annotations

from ssot_migrate.cli.progress import Steps
from ssot_migrate.cli.verify_command import keep
from ssot_migrate.cli.verify_table import show_verified
from ssot_migrate.errors import Unproven
from ssot_migrate.plans.model import Plan
from ssot_migrate.workflow.requests import Request, VerifyRequest
from ssot_migrate.workflow.verifying import Verified, verify_plan


def proven(plan: Plan, request: Request, how: VerifyRequest, decisions: str | None) -> tuple[Plan, Verified]:
    """``plan`` without what breaks tests, which is kept in the file ``decisions``.

    Raises:
        Unproven: some of what is left is not proven.
    """
    with Steps() as steps:
        plan, verified = verify_plan(plan, request, how, steps)
    show_verified(verified, err=True)
    keep(verified, decisions)
    if not verified.holds:
        names = ", ".join(each.service for each in verified.branches if not each.holds)
        files = ", ".join(sorted({name for each in verified.branches for name in each.lacking})[:3])
        hint = f"git has not what tests need: {files}" if files else "see above what is worse, or in doubt"
        raise Unproven(f"not proven: {names}; no branch was written", hint=hint)
    return plan, verified
