"""All that the reports of one branch say, as data; its fields are those of ``report.json``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from ssot_migrate.model import Branch, Conflict, Finding, Problem, State
from ssot_migrate.plans.model import Plan, Score, StaleFile, Tally, changed_sites
from ssot_migrate.reports.left import left
from ssot_migrate.verify.model import Verification

SCHEMA = 2
_EXAMPLES = 3


class RuleCount(msgspec.Struct, frozen=True):
    """What one migration changed in the branch: sites, and files with a step of it."""

    id: str
    slug: str
    summary: str
    files: int
    sites: int


class LeftGroup(msgspec.Struct, frozen=True):
    """Sites left as they were for one reason; ``examples`` are ``path:line``."""

    rule: str
    state: str
    reason: str
    count: int
    examples: tuple[str, ...]


class ChangeGroup(msgspec.Struct, frozen=True):
    """Changes of one edit shape; ``place`` (``path:line``), ``why`` and ``diff`` (hunks) are of one of them.

    ``outliers`` counts those that differ from the rest. ``id`` is that of the group in the review page.
    """

    id: str
    rule: str
    kind: str
    shape: str
    count: int
    outliers: int
    place: str
    why: str
    diff: str


class Summary(msgspec.Struct, frozen=True):
    """One branch; ``stacked_on`` is the branch to merge first, or "" if it stands on the plan's base.

    ``ledger`` counts for the whole plan, all else for this branch and its service. ``verification`` says what
    running its tests has shown; none where nobody has run them.
    """

    schema: int
    service: str
    branch: str
    commit: str
    parent: str
    base: str
    stacked_on: str
    existed: bool
    plan: str
    tool: str
    profile: str
    rules: tuple[RuleCount, ...]
    groups: tuple[ChangeGroup, ...]
    left: tuple[LeftGroup, ...]
    scores: tuple[Score, ...]
    ledger: tuple[Tally, ...]
    verification: Verification | None
    stale: tuple[StaleFile, ...]
    problems: tuple[Problem, ...]
    conflicts: tuple[Conflict, ...]
    files: tuple[str, ...]


class Rest(NamedTuple):
    """What a plan does not know: who owns a path, which files were stale, what ``apply`` wrote beside.

    ``conflicts`` are those of all branches with other people's; ``groups`` are the branch's own changes;
    ``proofs`` say what tests have shown of branches.
    """

    owners: Mapping[str, str] = {}
    stale: tuple[StaleFile, ...] = ()
    branches: tuple[Branch, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    groups: tuple[ChangeGroup, ...] = ()
    proofs: Sequence[Verification] = ()


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
