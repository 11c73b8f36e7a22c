"""What the stages of a job come to: from a plan, a proof, written branches or an error to a result."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ssot_migrate.findings import State
from ssot_migrate.fleet.credentials import hidden
from ssot_migrate.fleet.model import Adoption, Job, Outcome, Place, Pushed, Result, Verdict
from ssot_migrate.fleet.ordering import levels
from ssot_migrate.plans.model import Plan
from ssot_migrate.plans.scores import totals
from ssot_migrate.plans.store import dump
from ssot_migrate.workflow.applied import Applied

if TYPE_CHECKING:
    from ssot_migrate.workflow.verifying import Verified

ONE_CLAIM = 16
"""MiB that may be asked for at once and refused: a thread's stack is 8, and a library is mapped whole."""

_SETTLED = frozenset({State.CHANGED, State.SUPPRESSED})


def failed(job: Job, error: Exception, reason: str) -> Result:
    """A failure; want of memory shows as many errors, so that it is told by how much there was left."""
    if isinstance(error, MemoryError) or _left(job.limits.megabytes) < ONE_CLAIM:
        reason = f"it came close to its {job.limits.megabytes} MiB of memory: {reason}"
    return Result(job.unit.name, Outcome(Verdict.FAILED, hidden(reason)))


def _left(megabytes: int) -> float:
    """The MiB that this process never had of so many, by Linux's account of it; elsewhere all of them."""
    found = re.search(r"VmPeak:\s+(\d+) kB", Path("/proc/self/status").read_text("ascii"))
    return megabytes - int(found[1]) / 1024 if found else megabytes


def planned(job: Job, plan: Plan, path: Path) -> Result:
    """What the plan of the repository at ``path`` would do, and why it leaves what it leaves."""
    left = Counter(finding.message for finding in plan.findings if finding.state not in _SETTLED)
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


def _verdict(plan: Plan) -> Outcome:
    if plan.files:
        return Outcome(Verdict.DONE)
    states = Counter(finding.state for finding in plan.findings)
    waiting = [f"{states[state]} {state.value}" for state in State if state not in _SETTLED and states[state]]
    return Outcome(Verdict.HELD, ", ".join(waiting)) if waiting else Outcome(Verdict.NOTHING)


def _adoption(plan: Plan) -> tuple[Adoption, ...]:
    rows = totals(plan.scores, lambda score: score.service)
    return tuple(Adoption(service, *map(int, row)) for service, row in sorted(rows.items()))


def _places(unit: str, plan: Plan, path: Path) -> tuple[Place, ...]:
    files = Counter(file.service for file in plan.files if not file.foundation)
    return tuple(Place(level, files[name], unit, name) for name, level in levels(path, plan).items())


def proven(verified: Verified) -> Outcome:
    """What is left in the plan is proven, or else held; what was set aside is no more in it."""
    broken = [branch.service for branch in verified.branches if not branch.holds]
    if broken:
        return Outcome(Verdict.HELD, f"not proven: {', '.join(broken)}")
    if verified.decisions:
        return Outcome(Verdict.HELD, f"{len(verified.decisions)} changes break tests and are set aside")
    return Outcome(Verdict.DONE)


def applied(result: Result, done: Applied) -> Result:
    """``result`` with its branches; failed if files are not as the plan has them."""
    branches = tuple(
        Pushed(
            written.branch.service,
            written.branch.commit,
            written.branch.parent,
            written.branch.paths,
            (Path(written.report) / "report.md").read_text("utf-8"),
            branch=written.branch.ref.split("/")[-2],
        )
        for written in done.branches
    )
    outcome = Outcome(Verdict.DONE)
    if done.stale:
        some = done.stale[0]
        reason = f"{len(done.stale)} files are not as planned: {some.path} {some.reason}; plan again"
        outcome = Outcome(Verdict.FAILED, hidden(reason))
    return msgspec.structs.replace(result, outcome=outcome, branches=branches)
