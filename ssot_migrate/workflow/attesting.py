"""``verify-branch``: derive a branch anew from its base and its plan, and see that it holds nothing else."""

from __future__ import annotations

from pathlib import Path

from ssot_migrate.engine.progress import Progress
from ssot_migrate.git.history import changes
from ssot_migrate.git.repository import Repository
from ssot_migrate.git.trailers import Made
from ssot_migrate.model import Frozen
from ssot_migrate.plans.clusters import clusters
from ssot_migrate.plans.model import paths_of
from ssot_migrate.workflow.origins import Origin, origin_of
from ssot_migrate.workflow.requests import Request


class OtherCommit(Frozen, frozen=True):
    """A commit that the plan did not make: its author, subject and files."""

    commit: str
    author: str
    subject: str
    paths: tuple[str, ...]


class Attested(Frozen, frozen=True):
    """What a branch is made of. ``differs`` are paths, or commits, that are not as the plan makes them.

    ``derived``: planning anew on the base gives this very plan, so nobody wrote it by hand. ``others``
    stand on top of the plan's commits. ``clusters`` are what there is to review of its ``files``.
    """

    ref: str
    commit: str
    base: str
    plan: str
    tool: str
    service: str
    commits: int
    files: int
    clusters: int
    derived: bool
    differs: tuple[str, ...] = ()
    others: tuple[OtherCommit, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether all below the other commits is what the rules make of the base, and nothing else."""
        return self.derived and not self.differs


def attest(ref: str, request: Request, progress: Progress, plan_file: str = "") -> Attested:
    """Derive ``ref`` anew and compare.

    Raises:
        UsageError: no commit of this tool is on it.
        PlanStale: the plan that its commits name is not to be had.
    """
    repo = Repository.open(Path(request.path))
    origin = origin_of(repo, ref, request, progress, plan_file)
    base = repo.read_files(origin.plan.base, paths_of(origin.plan.files))
    shapes = clusters(origin.plan, lambda path: base.get(path, (b"", ""))[0])
    mine = {f.fingerprint for f in origin.plan.findings if f.path in set(origin.branch.paths)}
    return Attested(
        ref=ref,
        commit=repo.resolve(ref),
        base=origin.plan.base,
        plan=origin.plan.digest,
        tool=origin.plan.tool,
        service=origin.branch.service,
        commits=len(origin.chain),
        files=len(origin.branch.paths),
        clusters=sum(not mine.isdisjoint(shape.members) for shape in shapes),
        derived=origin.derived,
        differs=_differences(repo, origin),
        others=tuple(_other(repo, made) for made in origin.others),
    )


def _differences(repo: Repository, origin: Origin) -> tuple[str, ...]:
    wrong = origin.differing
    if wrong:
        paths = changes(repo, origin.chain[origin.shared].commit, wrong.commit)
        return tuple(sorted(paths)) or (f"the message of {wrong.commit[:12]}",)
    claims = (made for made in origin.others if made.plan)
    return tuple(f"{made.commit[:12]} names the plan, which did not make it" for made in claims)


def _other(repo: Repository, made: Made) -> OtherCommit:
    paths = changes(repo, made.parents[0], made.commit) if made.parents else {}
    return OtherCommit(made.commit, made.author, made.subject, tuple(sorted(paths)))
