"""``apply --rebase``: a branch made anew on HEAD, and what changed since it was reviewed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import click

from ssot_migrate.cli.progress import Steps
from ssot_migrate.cli.text import say
from ssot_migrate.errors import ExitCode
from ssot_migrate.findings import Finding
from ssot_migrate.reports.counted import counted
from ssot_migrate.reports.lines import unmatched_line
from ssot_migrate.verify.model import Verification
from ssot_migrate.workflow.rebasing import Rebased, plan_rebase, rebase
from ssot_migrate.workflow.requests import Request, VerifyRequest
from ssot_migrate.workflow.since import Since

_MOST = 20


def run_rebase(
    ref: str,
    request: Request,
    *,
    plan_file: str = "",
    report: Path | None = None,
    how: VerifyRequest | None = None,
    decisions: str | None = None,
    form: str = "table",
) -> int:
    """Make the branch ``ref`` anew, proven first if ``how`` is given; print what changed since its review."""
    with Steps() as steps:
        rebasing = plan_rebase(ref, request, steps, plan_file)
    plan = rebasing.plan
    proofs: tuple[Verification, ...] = ()
    if how:
        from ssot_migrate.cli.proving import proven

        plan, verified = proven(plan, request, how, decisions)
        proofs = verified.branches
    rebased = rebase(rebasing, plan, request, report=report, proofs=proofs)
    if form == "json":
        import msgspec

        click.echo(msgspec.json.encode(rebased))
    else:
        _show(rebased)
    return ExitCode.PARTIAL if plan.problems or plan.decisions != rebasing.plan.decisions else ExitCode.OK


def _show(rebased: Rebased) -> None:
    branch = rebased.written.branch
    files, carried = counted(len(branch.paths), "file"), counted(rebased.carried, "commit")
    say(f"{branch.ref.removeprefix('refs/heads/')}: {files}, {carried} of people carried over")
    if rebased.merges:
        say(f"  left out, as the new base has it: {counted(rebased.merges, 'merge')}")
    for name in rebased.others:
        say(f"  moved along: {name.removeprefix('refs/heads/')}")
    say(f"  report: {rebased.written.report}")
    say(f"since the last review: {_counts(rebased.since)}")
    for line in _lines(rebased.since):
        say(f"  {line}")


def _counts(since: Since) -> str:
    return (
        f"{len(since.new)} new, {len(since.altered)} altered, {len(since.gone)} gone, "
        f"{since.same} as they were"
    )


def _lines(since: Since) -> Iterator[str]:
    for what, findings in (("new", since.new), ("altered", since.altered), ("gone", since.gone)):
        yield from (f"{what}: {_place(finding)}" for finding in findings[:_MOST])
        if len(findings) > _MOST:
            yield f"{what}: and {len(findings) - _MOST} more (--format json has all)"
    yield from (unmatched_line(decision) for decision in since.unmatched)


def _place(finding: Finding) -> str:
    return f"{finding.path}:{finding.line}: {finding.rule}: {finding.message}"
