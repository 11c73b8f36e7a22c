"""GitLab's REST API, version 4."""

from __future__ import annotations

from urllib.parse import quote

from ssot_migrate.fleet.forges.errors import ForgeError
from ssot_migrate.fleet.forges.model import Checks, Proposal, PullRequest, Standing
from ssot_migrate.fleet.forges.wire import Row, Wire

_STANDING = {"opened": Standing.OPEN, "locked": Standing.OPEN, "merged": Standing.MERGED}
# Of all others something is still to come; a pipeline that was skipped has tested nothing.
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
    """The dialect for the project with the path ``project``."""

    refresh = "PUT"

    def __init__(self, project: str) -> None:
        """Paths are below the project's."""
        self._root = f"projects/{quote(project, safe='')}"
        self.requests = f"{self._root}/merge_requests"

    def of_branch(self, head: str) -> dict[str, str]:
        """All of them."""
        return {"source_branch": head, "state": "all"}

    def read(self, row: Row) -> tuple[str, PullRequest]:
        """Their numbers are the project's own."""
        standing = _STANDING.get(row["state"], Standing.CLOSED)
        body = row["description"] or ""
        return row["source_branch"], PullRequest(
            row["iid"], row["web_url"], standing, row["target_branch"], body
        )

    def new(self, proposal: Proposal) -> dict[str, object]:
        """A draft is one whose title says so."""
        return {
            "source_branch": proposal.head,
            "target_branch": proposal.base,
            "title": f"Draft: {proposal.title}" if proposal.draft else proposal.title,
            "description": proposal.body,
        }

    def instead(self, body: dict[str, object], error: ForgeError) -> dict[str, object] | None:
        """Nothing: drafts are everywhere."""
        return None

    def is_double(self, error: ForgeError) -> bool:
        """That is what a conflict is."""
        return error.status == 409

    def changed(self, body: str, base: str) -> dict[str, object]:
        """Both by the names that they were opened with."""
        return {"description": body, "target_branch": base}

    def decorate(self, wire: Wire, number: int, proposal: Proposal) -> None:
        """All at once; who is no user, such as a group, cannot be asked."""
        known = [self._user(wire, name) for name in proposal.reviewers if "/" not in name]
        body: Row = {"reviewer_ids": [user for user in known if user]} if any(known) else {}
        if proposal.labels:
            body["add_labels"] = ",".join(proposal.labels)
        if body:
            wire.send("PUT", f"{self.requests}/{number}", body)

    def _user(self, wire: Wire, name: str) -> int | None:
        rows = wire.get("users", username=name)
        return next((row["id"] for row in rows), None)

    def comments(self, number: int) -> str:
        """Notes, as it calls them."""
        return f"{self.requests}/{number}/notes"

    def one_comment(self, number: int, comment: int) -> str:
        """One below its merge request."""
        return f"{self.comments(number)}/{comment}"

    def checks(self, wire: Wire, commit: str, number: int) -> Checks:
        """What the newest pipeline says, if it is not that of an earlier push.

        A pipeline of merged results stands on a commit of GitLab's own.
        """
        pipeline = wire.get(f"{self.requests}/{number}").get("head_pipeline")
        if pipeline is None:
            return Checks.NONE
        is_own = pipeline["sha"] == commit or pipeline["ref"].endswith("/merge")
        return _CHECKS.get(pipeline["status"], Checks.PENDING) if is_own else Checks.PENDING

    def has_ci(self, wire: Wire, branch: str) -> bool:
        """Whether ``branch`` has had a pipeline."""
        return bool(wire.get(f"{self._root}/pipelines", ref=branch, per_page=1))
