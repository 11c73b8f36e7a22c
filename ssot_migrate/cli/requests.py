"""What the options of a command ask for, as the workflow takes it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from ssot_migrate.cli.progress import Steps
from ssot_migrate.decisions import Decision
from ssot_migrate.errors import UsageError
from ssot_migrate.plans.model import Plan
from ssot_migrate.workflow import Request, VerifyRequest, make_plan


def to_request(
    path: str,
    services: tuple[str, ...],
    no_cache: bool,
    jobs: int | None,
    trust: tuple[str, ...] = (),
    rules: tuple[str, ...] = (),
    include: str | None = None,
    decisions: str | None = None,
    staged: bool = False,
    new_decisions: bool = False,
) -> Request:
    """The options as the workflow wants them; ``new_decisions``: their file need not be there yet."""
    rulings: tuple[Decision, ...] = ()
    if decisions and not (new_decisions and not Path(decisions).exists()):
        from ssot_migrate.decisions.file import load

        rulings = load(Path(decisions))
    return Request(
        path,
        services,
        rules,
        include == "review",
        not no_cache,
        jobs,
        staged=staged,
        decisions=rulings,
        trust=trust,
    )


def plan_for(plan_file: str | None, request: Request) -> Plan:
    """The plan sealed in ``plan_file``, or one made now.

    Raises:
        UsageError: decisions are given that the sealed plan was not made with.
    """
    if plan_file is None:
        with Steps() as steps:
            return make_plan(request, steps)
    from ssot_migrate.plans.store import load as load_plan

    plan = load_plan(Path(plan_file))
    if request.decisions and request.decisions != plan.decisions:
        hint = "make one with `ssot-migrate plan --decisions FILE --out PLAN`"
        raise UsageError(f"{plan_file} was not made with these decisions", hint=hint)
    return plan


def to_verify(options: dict[str, Any]) -> VerifyRequest:
    """The options of ``verify_options``, taken out of ``options``."""
    names = ("test_command", "every", "timeout", "max_runs")
    command, every, limit, most_runs = (options.pop(name) for name in names)
    return VerifyRequest(command, every, limit or 0, not options["no_cache"], most_runs)
