"""One pull request per branch: looked for before it is made, refreshed, and left where a person closed it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence

import msgspec

from ssot_migrate.fleet.config import Forge
from ssot_migrate.fleet.forges.client import Client
from ssot_migrate.fleet.forges.errors import AlreadyThere, ForgeError, Unsure
from ssot_migrate.fleet.forges.model import LONGEST_BODY, Proposal, PullRequest, Standing
from ssot_migrate.fleet.model import Outcome, Pushed, Verdict
from ssot_migrate.fleet.owners import owners_of

_TRIES = 3
_CUT = "\n\nCut to fit; `report.json` has everything.\n"


class Requests:
    """The pull requests of one repository's branches, by the name of the branch."""

    def __init__(self, service: Client, branches: Iterable[Pushed]) -> None:
        """Ask the forge for each of ``branches``.

        Raises:
            ForgeError: it does not answer.
        """
        self.service = service
        self.found: Mapping[str, PullRequest | None] = {b.branch: service.find(b.branch) for b in branches}

    def hindrance(self, branch: Pushed) -> Outcome | None:
        """Why a branch is neither pushed nor proposed: a person has closed its pull request."""
        found = self.found[branch.branch]
        if found and found.standing is Standing.CLOSED:
            return Outcome(Verdict.HELD, f"a person has closed its pull request: {found.url}")
        return None

    def is_new(self, branch: Pushed) -> bool:
        """Whether a pull request would have to be opened."""
        found = self.found[branch.branch]
        return found is None or found.standing is Standing.MERGED

    def settle(self, branch: Pushed, proposal: Proposal) -> Pushed:
        """Open or refresh the pull request of a branch that was pushed."""
        found = self.found[branch.branch]
        try:
            if found is None or found.standing is Standing.MERGED:
                made = self._opened(proposal)
                return msgspec.structs.replace(_with(branch, made, Verdict.DONE), opened=True)
            if found.body.strip() == proposal.body.strip() and found.base == proposal.base:
                return _with(branch, found, branch.outcome.verdict)
            self.service.update(found.number, proposal.body, proposal.base)
            return _with(branch, found, Verdict.DONE)
        except ForgeError as error:
            reason = f"pushed, but its pull request: {error.message}"
            return msgspec.structs.replace(branch, outcome=Outcome(Verdict.FAILED, reason))

    def _opened(self, proposal: Proposal) -> PullRequest:
        """Open one, and only one: a request without an answer, or lost to another, is looked for."""
        for _ in range(_TRIES):
            try:
                made = self.service.create(proposal)
            except (Unsure, AlreadyThere) as error:
                found = self.service.find(proposal.head)
                if found and found.standing is Standing.OPEN:
                    made = found
                elif isinstance(error, Unsure):
                    continue
                else:
                    raise
            self.service.decorate(made.number, proposal)
            return made
        raise ForgeError("the forge does not say whether it opened it", hint="push again")


def proposal_of(branch: Pushed, forge: Forge, codeowners: str) -> Proposal:
    """The pull request of a branch; its body is the report, which carries the plan's digest."""
    body = branch.report if len(branch.report) <= LONGEST_BODY else branch.report[:60_000] + _CUT
    return Proposal(
        head=branch.branch,
        base=branch.below,
        title=f"Move {branch.service} to single sources of truth",
        body=body,
        labels=tuple(forge.labels),
        reviewers=owners_of(branch.paths, codeowners) if forge.reviewers else (),
        draft=forge.draft,
    )


def stacked(branches: Sequence[Pushed], held: Mapping[str, Outcome]) -> Iterator[tuple[str, Outcome]]:
    """Branches that cannot go on because the one below them is held."""
    names = {branch.branch: branch.service for branch in branches}
    for branch in branches:
        below = names.get(branch.below)
        if below in held and branch.service not in held:
            yield branch.service, Outcome(Verdict.HELD, f"the branch below it, {below}, is held")


def _with(branch: Pushed, found: PullRequest, verdict: Verdict) -> Pushed:
    return msgspec.structs.replace(branch, request=found.url, number=found.number, outcome=Outcome(verdict))
