"""From a plan to the summary of one of its branches."""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from ssot_migrate.findings import Finding, State
from ssot_migrate.plans.model import Plan, changed_sites
from ssot_migrate.plans.outcome import Branch
from ssot_migrate.reports.left import left
from ssot_migrate.reports.summary import SCHEMA, LeftGroup, Rest, RuleCount, Summary

_EXAMPLES = 3


def part_of(plan: Plan, branch: Branch, rest: Rest) -> Plan:
    """What ``plan`` says of one branch: its files, and what else is its service's; the ledger stays whole.

    What goes wrong in a service without a branch is told with the first one: it would be told nowhere else.
    """
    paths = frozenset(branch.paths)
    served = {each.service for each in rest.branches}
    changed = {path for each in rest.branches for path in each.paths}
    is_first = branch in rest.branches[:1]

    ours = paths.union(path for path, service in rest.owners.items() if service == branch.service)

    def told(path: str) -> bool:
        return path in ours or (is_first and path not in changed and rest.owners.get(path) not in served)

    return msgspec.structs.replace(
        plan,
        files=tuple(file for file in plan.files if file.path in paths),
        findings=tuple(finding for finding in plan.findings if finding.path in ours),
        scores=tuple(score for score in plan.scores if score.service == branch.service),
        problems=tuple(problem for problem in plan.problems if told(problem.path)),
        decisions=tuple(decision for decision in plan.decisions if decision.path in ours),
        unmatched=tuple(decision for decision in plan.unmatched if told(decision.path)),
    )


def summarise(part: Plan, branch: Branch, rest: Rest) -> Summary:
    """The summary of one branch among ``rest.branches``, of which ``part_of`` gave ``part``."""
    below = (other.ref for other in rest.branches if other.commit == branch.parent)
    paths = {*branch.paths, *(path for path, service in rest.owners.items() if service == branch.service)}
    return Summary(
        schema=SCHEMA,
        service=branch.service,
        branch=branch.ref.removeprefix("refs/heads/"),
        commit=branch.commit,
        parent=branch.parent,
        base=part.base,
        stacked_on=next(below, "").removeprefix("refs/heads/"),
        existed=branch.existed,
        plan=part.digest,
        tool=part.tool,
        profile=part.profile,
        rules=tuple(_rule_counts(part)),
        groups=rest.groups,
        left=_left(finding for finding in part.findings if finding.state is not State.CHANGED),
        scores=part.scores,
        ledger=tuple(tally for tally in part.ledger if tally.total),
        verification=next((each for each in rest.proofs if each.service == branch.service), None),
        stale=tuple(stale for stale in rest.stale if stale.path in paths),
        problems=part.problems,
        conflicts=tuple(each for each in rest.conflicts if each.service == branch.service),
        files=branch.paths,
    )


def _rule_counts(part: Plan) -> Iterable[RuleCount]:
    sites, paths = changed_sites(part), _paths_by_rule(part)
    for rule in part.rules:
        if files := paths.get(rule.slug):
            count = sum(sites[rule.slug, path] for path in files)
            yield RuleCount(rule.id, rule.slug, rule.summary, len(files), count)


def _paths_by_rule(part: Plan) -> dict[str, list[str]]:
    """The files that have a step of each rule, by its slug."""
    found: dict[str, list[str]] = {}
    for file in part.files:
        for slug in dict.fromkeys(step.rule for step in file.steps):
            found.setdefault(slug, []).append(file.path)
    return found


def _left(findings: Iterable[Finding]) -> tuple[LeftGroup, ...]:
    return tuple(
        LeftGroup(
            group.rule,
            group.state.value,
            group.reason,
            len(group.findings),
            tuple(f"{finding.path}:{finding.line}" for finding in group.findings[:_EXAMPLES]),
        )
        for group in left(findings)
    )
