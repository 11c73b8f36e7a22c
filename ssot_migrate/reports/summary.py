"""All that the reports of one branch say, as data; its fields are those of ``report.json``."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

import msgspec

from ssot_migrate.model import Branch, Conflict, Finding, Problem, State
from ssot_migrate.plans.model import Plan, Score, StaleFile, changed_sites

SCHEMA = 1
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


class Summary(msgspec.Struct, frozen=True):
    """One branch; ``stacked_on`` is the branch to merge first, or "" if it stands on the plan's base."""

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
    left: tuple[LeftGroup, ...]
    scores: tuple[Score, ...]
    stale: tuple[StaleFile, ...]
    problems: tuple[Problem, ...]
    conflicts: tuple[Conflict, ...]
    files: tuple[str, ...]


class Rest(NamedTuple):
    """What a plan does not know: who owns a path, which files were stale, what ``apply`` wrote beside.

    ``conflicts`` are those of all branches with other people's.
    """

    owners: Mapping[str, str]
    stale: tuple[StaleFile, ...] = ()
    branches: tuple[Branch, ...] = ()
    conflicts: tuple[Conflict, ...] = ()


def summarise(plan: Plan, branch: Branch, rest: Rest) -> Summary:
    """The summary of one branch among ``rest.branches``."""
    paths = frozenset(branch.paths)

    def ours(path: str) -> bool:
        return path in paths or rest.owners.get(path) == branch.service

    below = (other.ref for other in rest.branches if other.commit == branch.parent)
    return Summary(
        schema=SCHEMA,
        service=branch.service,
        branch=branch.ref.removeprefix("refs/heads/"),
        commit=branch.commit,
        parent=branch.parent,
        base=plan.base,
        stacked_on=next(below, "").removeprefix("refs/heads/"),
        existed=branch.existed,
        plan=plan.digest,
        tool=plan.tool,
        profile=plan.profile,
        rules=tuple(_rule_counts(plan, paths)),
        left=_groups(f for f in plan.findings if f.state is not State.CHANGED and ours(f.path)),
        scores=tuple(score for score in plan.scores if score.service == branch.service),
        stale=tuple(stale for stale in rest.stale if ours(stale.path)),
        problems=tuple(problem for problem in plan.problems if ours(problem.path)),
        conflicts=tuple(each for each in rest.conflicts if each.service == branch.service),
        files=branch.paths,
    )


def _rule_counts(plan: Plan, paths: frozenset[str]) -> Iterable[RuleCount]:
    sites = changed_sites(plan)
    ours = [file for file in plan.files if file.path in paths]
    for rule in plan.rules:
        files = [file.path for file in ours if any(step.rule == rule.slug for step in file.steps)]
        if files:
            count = sum(sites[rule.slug, path] for path in files)
            yield RuleCount(rule.id, rule.slug, rule.summary, len(files), count)


def _groups(findings: Iterable[Finding]) -> tuple[LeftGroup, ...]:
    grouped: dict[tuple[str, str, str], list[str]] = {}
    for finding in findings:
        key = (finding.rule, finding.state.value, finding.message)
        grouped.setdefault(key, []).append(f"{finding.path}:{finding.line}")
    groups = (LeftGroup(*key, len(places), tuple(places[:_EXAMPLES])) for key, places in grouped.items())
    return tuple(sorted(groups, key=lambda group: (-group.count, group.rule, group.reason)))
