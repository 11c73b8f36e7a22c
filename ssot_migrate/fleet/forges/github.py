"""GitHub's REST API, as of version 2022-11-28."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from urllib.parse import quote

from ssot_migrate.fleet.forges.errors import ForgeError
from ssot_migrate.fleet.forges.model import Checks, Proposal, PullRequest, Standing
from ssot_migrate.fleet.forges.wire import Row, Wire

_PASSED = frozenset({"success", "neutral", "skipped"})


def headers(token: str) -> dict[str, str]:
    """What every request carries."""
    said = {"Accept": "application/vnd.github+json", "X-GitHub-Api-Version": "2022-11-28"}
    return said | ({"Authorization": f"Bearer {token}"} if token else {})


class GitHub:
    """The dialect for the repository ``project``, ``owner/name``."""

    refresh = "PATCH"

    def __init__(self, project: str) -> None:
        """Paths are below the repository's."""
        self._owner, self._root = project.partition("/")[0], f"repos/{project}"
        self.requests = f"{self._root}/pulls"

    def of_branch(self, head: str) -> dict[str, str]:
        """All of them, of the owner's branch: forks may have one of that name."""
        return {"head": f"{self._owner}:{head}", "state": "all"}

    def read(self, row: Row) -> tuple[str, PullRequest]:
        """Merged is closed with a date."""
        standing = Standing.OPEN if row["state"] == "open" else Standing.CLOSED
        if row["merged_at"]:
            standing = Standing.MERGED
        found = PullRequest(row["number"], row["html_url"], standing, row["base"]["ref"], row["body"] or "")
        return row["head"]["ref"], found

    def new(self, proposal: Proposal) -> dict[str, object]:
        """A draft is one by its own key."""
        names = {"head": proposal.head, "base": proposal.base, "draft": proposal.draft}
        return {"title": proposal.title, "body": proposal.body, **names}

    def instead(self, body: dict[str, object], error: ForgeError) -> dict[str, object] | None:
        """No draft where the repository has none."""
        refused = error.status == 422 and bool(body["draft"]) and "raft" in error.details
        return body | {"draft": False} if refused else None

    def is_double(self, error: ForgeError) -> bool:
        """One of several things that it finds invalid."""
        return error.status == 422 and "already exists" in error.details

    def changed(self, body: str, base: str) -> dict[str, object]:
        """Both by the names that they were opened with."""
        return {"body": body, "base": base}

    def decorate(self, wire: Wire, number: int, proposal: Proposal) -> None:
        """Reviewers one by one: GitHub refuses all for one that cannot."""
        if proposal.labels:
            wire.send("POST", f"{self._root}/issues/{number}/labels", {"labels": proposal.labels})
        for reviewer in proposal.reviewers:
            owner, _, team = reviewer.partition("/")
            asked = {"team_reviewers": [team]} if team else {"reviewers": [owner]}
            with suppress(ForgeError):  # who is no collaborator, or wrote it, cannot be asked
                wire.send("POST", f"{self.requests}/{number}/requested_reviewers", asked)

    def comments(self, number: int) -> str:
        """Those of the conversation."""
        return f"{self._root}/issues/{number}/comments"

    def one_comment(self, number: int, comment: int) -> str:
        """Comments have numbers of their own."""
        return f"{self._root}/issues/comments/{comment}"

    def checks(self, wire: Wire, commit: str, number: int) -> Checks:
        """What check runs and commit statuses say of ``commit``."""
        said = set(self._said(wire, commit))
        if said - _PASSED - {"pending"}:
            return Checks.FAILED
        if "pending" in said:
            return Checks.PENDING
        return Checks.PASSED if said else Checks.NONE

    def has_ci(self, wire: Wire, branch: str) -> bool:
        """Whether there is any word on the tip of ``branch``."""
        return next(self._said(wire, quote(f"heads/{branch}", safe="")), None) is not None

    def _said(self, wire: Wire, ref: str) -> Iterator[str]:
        commit = f"{self._root}/commits/{ref}"
        for run in wire.pages(f"{commit}/check-runs", "check_runs"):
            yield run["conclusion"] or "pending"
        for status in wire.pages(f"{commit}/status", "statuses"):
            yield status["state"]
