"""One branch per service from a replayed plan: one stream, and all refs visible at once or not at all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import NamedTuple

from ssot_migrate.errors import PlanStale, Refused, UsageError
from ssot_migrate.git.drafts import Draft, draft_branches
from ssot_migrate.git.fit import misfits
from ssot_migrate.git.history import changes
from ssot_migrate.git.importing import NewCommit, Signature, import_commits
from ssot_migrate.git.journal import Journal
from ssot_migrate.git.messages import commit_message
from ssot_migrate.git.names import NAMESPACE
from ssot_migrate.git.refs import Ref, RefUpdate, read_refs, write_refs
from ssot_migrate.git.repository import Repository
from ssot_migrate.plans.model import Plan, changed_sites, paths_of
from ssot_migrate.plans.outcome import Branch, Outcome


class Prepared(NamedTuple):
    """Branches whose commits are made, and the refs that make them visible."""

    branches: tuple[Branch, ...]
    updates: tuple[RefUpdate, ...]


def prepare_branches(
    repo: Repository,
    plan: Plan,
    outcome: Outcome,
    *,
    services: Collection[str] | None = None,
    force: bool = False,
    anew: bool = False,
) -> Prepared:
    """Make the foundation branch and one branch for each of ``services`` (None: all) on the plan's base.

    Commits carry the base's date, so the same plan gives the same commits. A branch that
    is there with this very content stays as it is, or counts for nothing (``anew``). No ref is written.

    Raises:
        PlanStale: the base is not in this repository, or has a file not as the plan saw it.
        PlanTampered: the plan is not sealed.
        Refused: another branch has the name (``force`` replaces it), or is checked out.
    """
    drafts = draft_branches(plan, outcome, services)
    _require_fit(repo, plan, outcome)
    taken = {} if anew else read_refs(repo.git, NAMESPACE)
    standing = {draft.ref: taken[draft.ref].commit for draft in drafts if _stands(repo, plan, draft, taken)}
    pending = [draft for draft in drafts if draft.ref not in standing]
    replaced = {draft.ref: taken[draft.ref] for draft in pending if draft.ref in taken}
    _require_free(replaced.values(), force=force)
    tips = standing | _build(repo, plan, pending, standing)
    olds = {ref: found.commit for ref, found in replaced.items()}
    return Prepared(
        tuple(_branch(plan, draft, tips, existed=draft.ref in standing) for draft in drafts),
        tuple(RefUpdate(draft.ref, tips[draft.ref], olds.get(draft.ref, "")) for draft in pending),
    )


def publish(repo: Repository, plan: Plan, prepared: Prepared, journal: Journal) -> tuple[Branch, ...]:
    """Put the refs of all ``prepared`` branches on record, then write all or none.

    Raises:
        Refused: a ref was created or moved by somebody else.
    """
    if prepared.updates:
        journal.announce_refs(prepared.updates)
        write_refs(repo.git, prepared.updates, f"ssot-migrate: plan {plan.digest[:12]}")
    return prepared.branches


def require_base(repo: Repository, plan: Plan) -> str:
    """The commit that ``plan`` was made on.

    Raises:
        PlanStale: it is not here.
    """
    try:
        return repo.resolve(plan.base)
    except UsageError as error:
        raise PlanStale(f"the plan's base {plan.base[:12]} is not here", hint=error.hint) from error


def _require_fit(repo: Repository, plan: Plan, outcome: Outcome) -> None:
    base = require_base(repo, plan)
    stale = {file.path for file in plan.files if file.foundation} & {file.path for file in outcome.stale}
    stale |= {file.path for file in misfits(repo.tree(base), (applied.file for applied in outcome.applied))}
    if stale:
        some = ", ".join(sorted(stale)[:3])
        raise PlanStale(f"{len(stale)} files are not as planned: {some}", hint="commit them and plan again")


def _stands(repo: Repository, plan: Plan, draft: Draft, taken: dict[str, Ref]) -> bool:
    found = taken.get(draft.ref)
    return found is not None and changes(repo, plan.base, found.commit) == draft.content


def _require_free(taken: Iterable[Ref], *, force: bool) -> None:
    for ref in taken:
        name = ref.name.removeprefix("refs/heads/")
        if ref.checked_out:
            hint = f"switch that working tree to another branch: {ref.checked_out}"
            raise Refused(f"the branch {name} is checked out and would change", hint=hint)
        if not force:
            raise Refused(f"the branch {name} is there with other content", hint="--force replaces it")


def _build(repo: Repository, plan: Plan, drafts: Sequence[Draft], standing: dict[str, str]) -> dict[str, str]:
    """Make the commits of all ``drafts``; the tip of each by its ref."""
    if not drafts:
        return {}
    commits: list[NewCommit] = []
    tips: dict[str, str | int] = {**standing, "": plan.base}
    sites = changed_sites(plan)
    for draft in drafts:
        tips[draft.ref] = tips[draft.below]
        by_rule = draft.by_rule()
        for rule in plan.rules:
            if files := by_rule.get(rule.slug):
                message = commit_message(plan, rule, draft.service, [file.path for file in files], sites)
                commits.append(NewCommit(tips[draft.ref], message, files))
                tips[draft.ref] = len(commits) - 1
    by = Signature(*repo.identity(), repo.commit_time(plan.base))
    ids = import_commits(repo.git, commits, by, len(plan.base))
    return {draft.ref: ids[tip] for draft in drafts if isinstance(tip := tips[draft.ref], int)}


def _branch(plan: Plan, draft: Draft, tips: dict[str, str], *, existed: bool) -> Branch:
    parent = tips[draft.below] if draft.below else plan.base
    paths = tuple(sorted(paths_of(applied.file for applied in draft.files)))
    return Branch(draft.service, draft.ref, tips[draft.ref], parent, paths, existed)
