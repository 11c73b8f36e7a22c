"""The one job function: what is done on a unit, stage by stage, in any process and on any machine."""

from __future__ import annotations

import os
import re
import resource
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ssot_migrate.errors import SsotMigrateError
from ssot_migrate.fleet.credentials import hidden
from ssot_migrate.fleet.model import Action, Adoption, Job, Outcome, Place, Pushed, Result, Verdict
from ssot_migrate.fleet.ordering import levels
from ssot_migrate.fleet.publishing import publish
from ssot_migrate.fleet.sources import Checkout, checked_out
from ssot_migrate.model import State
from ssot_migrate.plans.model import Plan
from ssot_migrate.plans.scores import totals
from ssot_migrate.plans.store import dump, parse
from ssot_migrate.workflow import Applied, Request, apply_plan, make_plan
from ssot_migrate.workflow.requests import VerifyRequest

if TYPE_CHECKING:
    from ssot_migrate.workflow.verifying import Verified


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
        result = _failed(job, f"{error.message}{hint}")
    except Exception as error:  # a defect of ours costs a unit, not the fleet
        result = _failed(job, f"{type(error).__name__}: {error}")
    usage = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return msgspec.structs.replace(
        result,
        stages=clock.stages,
        seconds=sum(clock.stages.values()),
        cpu=sum(used.ru_utime + used.ru_stime for used in usage),
        megabytes=max(used.ru_maxrss for used in usage) // 1024,
    )


def _failed(job: Job, reason: str) -> Result:
    """A failure; want of memory shows as many things, so that it is told by how much there was of it."""
    found = re.search(r"VmPeak:\s+(\d+) kB", Path("/proc/self/status").read_text("ascii"))
    if found and int(found[1]) > job.limits.megabytes * 1024 * 0.9:
        reason = f"it came close to its {job.limits.megabytes} MiB of memory: {reason}"
    return Result(job.unit.name, Outcome(Verdict.FAILED, hidden(reason)))


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
        result = _planned(job, plan, checkout.path)
    if job.action is Action.PLAN or result.outcome.verdict is not Verdict.DONE:
        return result
    if job.action is Action.VERIFY:
        with clock.stage("verify"):
            from ssot_migrate.workflow.verifying import verify_plan

            plan, verified = verify_plan(plan, request, VerifyRequest(job.unit.test_command), _silent)
            return msgspec.structs.replace(_planned(job, plan, checkout.path), outcome=_proven(verified))
    with clock.stage("apply"):
        applied = apply_plan(plan, request)
        result = _applied(result, applied)
    if job.action is Action.PUSH and result.outcome.verdict is Verdict.DONE:
        with clock.stage("push"):
            result = publish(job, checkout, plan, result)
    return result


def _silent(stage: str, done: int, total: int) -> None:
    """Show no progress: nobody looks at a unit's process."""


def _planned(job: Job, plan: Plan, path: Path) -> Result:
    left = Counter(f.message for f in plan.findings if f.state not in {State.CHANGED, State.SUPPRESSED})
    return Result(
        job.unit.name,
        _verdict(plan),
        base=plan.base,
        plan=dump(plan),
        digest=plan.digest,
        adoption=_adoption(plan),
        places=_places(job.unit.name, plan, path),
        left=dict(left.most_common(10)),
    )


def _proven(verified: Verified) -> Outcome:
    """What is left in the plan is proven, or else held; what was set aside is no more in it."""
    broken = [branch.service for branch in verified.branches if not branch.holds]
    if broken:
        return Outcome(Verdict.HELD, f"not proven: {', '.join(broken)}")
    if verified.decisions:
        return Outcome(Verdict.HELD, f"{len(verified.decisions)} changes break tests and are set aside")
    return Outcome(Verdict.DONE)


def _adoption(plan: Plan) -> tuple[Adoption, ...]:
    rows = totals(plan.scores, lambda score: score.service)
    return tuple(Adoption(service, *map(int, row)) for service, row in sorted(rows.items()))


def _places(unit: str, plan: Plan, path: Path) -> tuple[Place, ...]:
    files = Counter(file.service for file in plan.files if not file.foundation)
    return tuple(Place(level, files[name], unit, name) for name, level in levels(path, plan).items())


def _verdict(plan: Plan) -> Outcome:
    if plan.files:
        return Outcome(Verdict.DONE)
    states = Counter(finding.state for finding in plan.findings)
    waiting = [
        f"{states[s]} {s.value}" for s in State if s not in {State.CHANGED, State.SUPPRESSED} and states[s]
    ]
    return Outcome(Verdict.HELD, ", ".join(waiting)) if waiting else Outcome(Verdict.NOTHING)


def _applied(result: Result, applied: Applied) -> Result:
    branches = tuple(
        Pushed(
            written.branch.service,
            written.branch.commit,
            written.branch.parent,
            written.branch.paths,
            (Path(written.report) / "report.md").read_text("utf-8"),
            branch=written.branch.ref.split("/")[-2],
        )
        for written in applied.branches
    )
    outcome = Outcome(Verdict.DONE)
    if applied.stale:
        some = applied.stale[0]
        reason = f"{len(applied.stale)} files are not as planned: {some.path} {some.reason}; plan again"
        outcome = Outcome(Verdict.FAILED, hidden(reason))
    return msgspec.structs.replace(result, outcome=outcome, branches=branches)
