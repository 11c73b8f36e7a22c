"""The one job function: what is done on a unit, stage by stage, in any process and on any machine."""

from __future__ import annotations

import os
import resource
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

import msgspec

from ssot_migrate.errors import SsotMigrateError
from ssot_migrate.fleet import outcomes
from ssot_migrate.fleet.model import Action, Job, Result, Verdict
from ssot_migrate.fleet.publishing import publish
from ssot_migrate.fleet.sources import Checkout, checked_out
from ssot_migrate.plans.store import parse
from ssot_migrate.workflow import Request, apply_plan, make_plan
from ssot_migrate.workflow.requests import VerifyRequest


class Clock:
    """Seconds by stage."""

    def __init__(self) -> None:
        """Nothing has been measured."""
        self.stages: dict[str, float] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Add the time of the block to the stage ``name``."""
        start = time.perf_counter()
        try:
            yield
        finally:
            self.stages[name] = self.stages.get(name, 0.0) + time.perf_counter() - start


def perform(job: Job) -> Result:
    """Do a job; whatever ends it early becomes its outcome."""
    clock = Clock()
    _commit_as(job.author)
    try:
        result = _perform(job, clock)
    except SsotMigrateError as error:
        hint = f" ({error.hint})" if error.hint else ""
        result = outcomes.failed(job, error, f"{error.message}{hint}")
    except Exception as error:  # a defect of ours costs a unit, not the fleet
        result = outcomes.failed(job, error, f"{type(error).__name__}: {error}")
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return msgspec.structs.replace(
        result,
        stages=clock.stages,
        seconds=sum(clock.stages.values()),
        cpu=sum(used.ru_utime + used.ru_stime for used in usage),
        megabytes=max(used.ru_maxrss for used in usage) // 1024,
    )


def _commit_as(author: str) -> None:
    """The same plan must give the same commits on every machine."""
    name, _, address = author.removesuffix(">").partition(" <")
    for role in ("AUTHOR", "COMMITTER"):
        os.environ[f"GIT_{role}_NAME"], os.environ[f"GIT_{role}_EMAIL"] = name, address


def _perform(job: Job, clock: Clock) -> Result:
    with ExitStack() as stack:
        with clock.stage("fetch"):
            checkout = stack.enter_context(checked_out(job))
        return _staged(job, checkout, clock)


def _staged(job: Job, checkout: Checkout, clock: Clock) -> Result:
    request = Request(
        str(checkout.path),
        rules=job.unit.rules,
        include_review=job.unit.include_review,
        profile=job.unit.profile,
        workers=1,
    )
    with clock.stage("plan"):
        plan = parse(job.plan, f"the plan of {job.unit.name}") if job.plan else make_plan(request, _silent)
        result = outcomes.planned(job, plan, checkout.path)
    if job.action is Action.PLAN or result.outcome.verdict is not Verdict.DONE:
        return result
    if job.action is Action.VERIFY:
        with clock.stage("verify"):
            from ssot_migrate.workflow.verifying import verify_plan

            plan, verified = verify_plan(plan, request, VerifyRequest(job.unit.test_command), _silent)
            result = outcomes.planned(job, plan, checkout.path)
            return msgspec.structs.replace(result, outcome=outcomes.proven(verified))
    with clock.stage("apply"):
        result = outcomes.applied(result, apply_plan(plan, request))
    if job.action is Action.PUSH and result.outcome.verdict is Verdict.DONE:
        with clock.stage("push"):
            result = publish(job, checkout, plan, result)
    return result


def _silent(stage: str, done: int, total: int) -> None:
    """Show no progress: nobody looks at a unit's process."""
