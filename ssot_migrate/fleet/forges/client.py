"""Pull requests of one repository, at whichever forge: what is asked, in which order, by its dialect."""

from __future__ import annotations

from typing import Protocol

from ssot_migrate.fleet.forges.errors import AlreadyThere, ForgeError
from ssot_migrate.fleet.forges.model import Checks, Proposal, PullRequest, Standing
from ssot_migrate.fleet.forges.wire import Row, Wire


class Dialect(Protocol):
    """How a forge spells it: paths below the root of its API, keys of its JSON, and what only it does."""

    requests: str
    """The path of the list of pull requests, and what they are opened with."""
    refresh: str
    """The method that changes what is there."""

    def of_branch(self, head: str) -> dict[str, str]:
        """The query for all pull requests of a branch."""

    def read(self, row: Row) -> tuple[str, PullRequest]:
        """The branch of a pull request, and the rest of it."""

    def new(self, proposal: Proposal) -> dict[str, object]:
        """What opens a pull request."""

    def instead(self, body: dict[str, object], error: ForgeError) -> dict[str, object] | None:
        """What to open it with where ``error`` was the answer to ``body``, if there is a way."""

    def is_double(self, error: ForgeError) -> bool:
        """Whether a pull request was refused because there is one."""

    def changed(self, body: str, base: str) -> dict[str, object]:
        """What replaces its body and what it is to be merged into."""

    def decorate(self, wire: Wire, number: int, proposal: Proposal) -> None:
        """Label it and ask its reviewers."""

    def comments(self, number: int) -> str:
        """The path of the list of its comments."""

    def one_comment(self, number: int, comment: int) -> str:
        """The path of one of them."""

    def checks(self, wire: Wire, commit: str, number: int) -> Checks:
        """What CI says of its commit."""

    def has_ci(self, wire: Wire, branch: str) -> bool:
        """Whether CI has ever spoken of what ``branch`` is now."""


class Client:
    """Asks one forge about one repository.

    Everything raises ``ForgeError`` if the forge refuses, ``Unsure`` if it may have done what it was asked.
    """

    def __init__(self, wire: Wire, dialect: Dialect) -> None:
        """Nothing is sent before it is asked for."""
        self._wire, self._dialect = wire, dialect

    def find(self, head: str) -> PullRequest | None:
        """The open pull request of a branch, else the newest."""
        rows = self._wire.pages(self._dialect.requests, **self._dialect.of_branch(head))
        found = [request for branch, request in map(self._dialect.read, rows) if branch == head]
        return next((p for p in found if p.standing is Standing.OPEN), found[0] if found else None)

    def create(self, proposal: Proposal) -> PullRequest:
        """Open one; ``AlreadyThere`` if somebody was quicker."""
        body = self._dialect.new(proposal)
        try:
            return self._open(body)
        except ForgeError as error:
            if self._dialect.is_double(error):
                raise AlreadyThere(error.message, status=error.status) from error
            if (other := self._dialect.instead(body, error)) is None:
                raise
        return self._open(other)

    def _open(self, body: dict[str, object]) -> PullRequest:
        return self._dialect.read(self._wire.send("POST", self._dialect.requests, body))[1]

    def decorate(self, number: int, proposal: Proposal) -> None:
        """Label it and ask its reviewers."""
        self._dialect.decorate(self._wire, number, proposal)

    def update(self, number: int, body: str, base: str) -> None:
        """Replace its body and what it is to be merged into."""
        path = f"{self._dialect.requests}/{number}"
        self._wire.send(self._dialect.refresh, path, self._dialect.changed(body, base))

    def checks(self, commit: str, request: PullRequest) -> Checks:
        """What its CI says; a commit that it has not spoken of waits for it, if its base has CI."""
        found = self._dialect.checks(self._wire, commit, request.number)
        if found is Checks.NONE and self._dialect.has_ci(self._wire, request.base):
            return Checks.PENDING
        return found

    def comment(self, number: int, mark: str, text: str) -> None:
        """Write ``text``, or replace what we wrote under the same ``mark``."""
        path = self._dialect.comments(number)
        own = next((row["id"] for row in self._wire.pages(path) if mark in (row["body"] or "")), None)
        if own is None:
            self._wire.send("POST", path, {"body": text})
        else:
            self._wire.send(self._dialect.refresh, self._dialect.one_comment(number, own), {"body": text})
