"""GitHub's REST API, as of version 2022-11-28."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from ssot_migrate.fleet.forges.model import Checks, Proposal, PullRequest, Standing
from ssot_migrate.fleet.forges.wire import AlreadyThere, ForgeError, Wire

Row = dict[str, Any]
_FAILED = frozenset({"failure", "timed_out", "cancelled", "action_required", "startup_failure", "error"})


def headers(token: str) -> dict[str, str]:
    """What every request carries."""
    said = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}
    return said | ({"Authorization": f"Bearer {token}"} if token else {})


class GitHub:
    """Pull requests of the repository ``project``, ``owner/name``."""

    def __init__(self, wire: Wire, project: str) -> None:
        """Nothing is sent before it is asked for."""
        self._wire, self._owner, self._root = wire, project.partition("/")[0], f"repos/{project}"

    def find(self, head: str) -> PullRequest | None:
        """The open pull request of a branch, else the newest."""
        rows = self._wire.get(f"{self._root}/pulls", head=f"{self._owner}:{head}", state="all", per_page=50)
        found = [_pull(row) for row in rows if row["head"]["ref"] == head]
        return next((p for p in found if p.standing is Standing.OPEN), found[0] if found else None)

    def create(self, proposal: Proposal) -> PullRequest:
        """Open one; as no draft where the repository has none."""
        body = {"title": proposal.title, "body": proposal.body, "head": proposal.head, "base": proposal.base}
        try:
            return _pull(self._wire.send("POST", f"{self._root}/pulls", body | {"draft": proposal.draft}))
        except ForgeError as error:
            if error.status == 422 and "already exists" in error.details:
                raise AlreadyThere(error.message, status=422) from error
            if error.status == 422 and proposal.draft and "raft" in error.details:
                return _pull(self._wire.send("POST", f"{self._root}/pulls", body))
            raise

    def decorate(self, number: int, proposal: Proposal) -> None:
        """Label it and ask its reviewers, one by one: GitHub refuses all for one that cannot."""
        if proposal.labels:
            self._wire.send("POST", f"{self._root}/issues/{number}/labels", {"labels": proposal.labels})
        for reviewer in proposal.reviewers:
            owner, _, team = reviewer.partition("/")
            asked = {"team_reviewers": [team]} if team else {"reviewers": [owner]}
            with suppress(ForgeError):  # who is no collaborator, or wrote it, cannot be asked
                self._wire.send("POST", f"{self._root}/pulls/{number}/requested_reviewers", asked)

    def update(self, number: int, body: str, base: str) -> None:
        """Replace its body and what it is to be merged into."""
        self._wire.send("PATCH", f"{self._root}/pulls/{number}", {"body": body, "base": base})

    def checks(self, commit: str, number: int) -> Checks:
        """What check runs and commit statuses say of ``commit``."""
        runs = self._wire.get(f"{self._root}/commits/{commit}/check-runs", per_page=100)["check_runs"]
        status = self._wire.get(f"{self._root}/commits/{commit}/status")
        said = [run["conclusion"] or "pending" for run in runs]
        return _summary([*said, *(row["state"] for row in status["statuses"])])

    def comment(self, number: int, mark: str, text: str) -> None:
        """Write ``text``, or replace what we wrote under the same ``mark``."""
        rows = self._wire.get(f"{self._root}/issues/{number}/comments", per_page=100)
        own = next((row["id"] for row in rows if mark in row["body"]), None)
        if own is None:
            self._wire.send("POST", f"{self._root}/issues/{number}/comments", {"body": text})
        else:
            self._wire.send("PATCH", f"{self._root}/issues/comments/{own}", {"body": text})


def _pull(row: Row) -> PullRequest:
    standing = Standing.OPEN if row["state"] == "open" else Standing.CLOSED
    if row["merged_at"]:
        standing = Standing.MERGED
    return PullRequest(row["number"], row["html_url"], standing, row["base"]["ref"], row["body"] or "")


def _summary(said: Iterable[str]) -> Checks:
    states = set(said)
    if states & _FAILED:
        return Checks.FAILED
    if "pending" in states:
        return Checks.PENDING
    return Checks.PASSED if states else Checks.NONE
