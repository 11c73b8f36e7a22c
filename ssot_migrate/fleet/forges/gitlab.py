"""GitLab's REST API, version 4."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from ssot_migrate.fleet.forges.model import Checks, Proposal, PullRequest, Standing
from ssot_migrate.fleet.forges.wire import AlreadyThere, ForgeError, Wire

Row = dict[str, Any]
_STANDING = {"opened": Standing.OPEN, "locked": Standing.OPEN, "merged": Standing.MERGED}
_CHECKS = {
    "success": Checks.PASSED,
    "skipped": Checks.NONE,
    "failed": Checks.FAILED,
    "canceled": Checks.FAILED,
}


def headers(token: str) -> dict[str, str]:
    """What every request carries."""
    return {"PRIVATE-TOKEN": token} if token else {}


class GitLab:
    """Merge requests of the project with the path ``project``."""

    def __init__(self, wire: Wire, project: str) -> None:
        """Nothing is sent before it is asked for."""
        self._wire, self._root = wire, f"projects/{quote(project, safe='')}/merge_requests"

    def find(self, head: str) -> PullRequest | None:
        """The open merge request of a branch, else the newest."""
        rows = self._wire.get(self._root, source_branch=head, state="all", per_page=50)
        found = [_pull(row) for row in rows if row["source_branch"] == head]
        return next((p for p in found if p.standing is Standing.OPEN), found[0] if found else None)

    def create(self, proposal: Proposal) -> PullRequest:
        """Open one; a draft is one whose title says so."""
        body = {
            "source_branch": proposal.head,
            "target_branch": proposal.base,
            "title": f"Draft: {proposal.title}" if proposal.draft else proposal.title,
            "description": proposal.body,
        }
        try:
            return _pull(self._wire.send("POST", self._root, body))
        except ForgeError as error:
            if error.status == 409:
                raise AlreadyThere(error.message, status=409) from error
            raise

    def decorate(self, number: int, proposal: Proposal) -> None:
        """Label it and ask its reviewers; who is no user, such as a group, cannot be asked."""
        known = [self._user(name) for name in proposal.reviewers if "/" not in name]
        body: Row = {"reviewer_ids": [user for user in known if user]} if any(known) else {}
        if proposal.labels:
            body["add_labels"] = ",".join(proposal.labels)
        if body:
            self._wire.send("PUT", f"{self._root}/{number}", body)

    def _user(self, name: str) -> int | None:
        rows = self._wire.get("users", username=name)
        return next((row["id"] for row in rows), None)

    def update(self, number: int, body: str, base: str) -> None:
        """Replace its body and what it is to be merged into."""
        self._wire.send("PUT", f"{self._root}/{number}", {"description": body, "target_branch": base})

    def checks(self, commit: str, number: int) -> Checks:
        """What its newest pipeline says."""
        pipeline = self._wire.get(f"{self._root}/{number}").get("head_pipeline")
        return _CHECKS.get(pipeline["status"], Checks.PENDING) if pipeline else Checks.NONE

    def comment(self, number: int, mark: str, text: str) -> None:
        """Write ``text``, or replace what we wrote under the same ``mark``."""
        rows = self._wire.get(f"{self._root}/{number}/notes", per_page=100)
        own = next((row["id"] for row in rows if mark in row["body"]), None)
        if own is None:
            self._wire.send("POST", f"{self._root}/{number}/notes", {"body": text})
        else:
            self._wire.send("PUT", f"{self._root}/{number}/notes/{own}", {"body": text})


def _pull(row: Row) -> PullRequest:
    standing = _STANDING.get(row["state"], Standing.CLOSED)
    return PullRequest(row["iid"], row["web_url"], standing, row["target_branch"], row["description"] or "")
