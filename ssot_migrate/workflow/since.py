"""What a plan made anew changes otherwise than the one reviewed."""

from __future__ import annotations

from ssot_migrate.decisions import Decision
from ssot_migrate.findings import Finding, State
from ssot_migrate.git.repository import Repository
from ssot_migrate.model import Frozen
from ssot_migrate.plans.clusters import edits_of
from ssot_migrate.plans.model import Plan, paths_of
from ssot_migrate.plans.shapes import Edits
from ssot_migrate.workflow.origins import Origin


class Since(Frozen, frozen=True):
    """What a new plan changes otherwise than the one reviewed, and decisions about nothing any more.

    ``altered`` are changed by other edits than before; ``same`` counts those that need no second look.
    """

    new: tuple[Finding, ...] = ()
    gone: tuple[Finding, ...] = ()
    altered: tuple[Finding, ...] = ()
    same: int = 0
    unmatched: tuple[Decision, ...] = ()


def since(repo: Repository, origin: Origin, plan: Plan) -> Since:
    """What ``plan`` does otherwise than the plan of ``origin``, in the branch and its foundation."""
    service = origin.branch.service
    old, new = _changes(repo, origin.plan, service), _changes(repo, plan, service)
    both = old.keys() & new.keys()
    altered = {name for name in both if old[name][1] != new[name][1]}
    return Since(
        new=tuple(finding for name, (finding, _) in new.items() if name not in old),
        gone=tuple(finding for name, (finding, _) in old.items() if name not in new),
        altered=tuple(new[name][0] for name in new if name in altered),
        same=len(both) - len(altered),
        unmatched=plan.unmatched,
    )


def _changes(repo: Repository, plan: Plan, service: str) -> dict[str, tuple[Finding, Edits]]:
    """The changes of a service's branch by fingerprint, each with what it replaces by what."""
    files = [file for file in plan.files if file.service == service or (file.foundation and file.before)]
    base = repo.read_files(plan.base, paths_of(files))
    edits: dict[str, Edits] = {}
    for file in files:
        edits |= edits_of(file, base.get(file.path, (b"", ""))[0])
    changed = [f for f in plan.findings if f.state is State.CHANGED and f.fingerprint in edits]
    return {finding.fingerprint: (finding, edits[finding.fingerprint]) for finding in changed}
