"""What a pull request is to us, whichever forge it is at."""

from __future__ import annotations

from enum import Enum
from typing import Protocol

from ssot_migrate.model import Frozen

LONGEST_BODY = 65_536
"""Characters that GitHub takes as a body; GitLab takes more."""


class Standing(Enum):
    """Where a pull request stands; ``closed`` is what a person did: nothing here closes one."""

    OPEN = "open"
    MERGED = "merged"
    CLOSED = "closed"


class Checks(Enum):
    """What a forge's CI says of a commit."""

    PASSED = "passed"
    FAILED = "failed"
    PENDING = "pending"
    NONE = "none"


class Proposal(Frozen, frozen=True):
    """A pull request as we want it; ``reviewers`` are users and ``org/team``, as CODEOWNERS spells them."""

    head: str
    base: str
    title: str
    body: str
    labels: tuple[str, ...] = ()
    reviewers: tuple[str, ...] = ()
    draft: bool = False


class PullRequest(Frozen, frozen=True):
    """A pull request as the forge has it."""

    number: int
    url: str
    standing: Standing
    base: str
    body: str


class Service(Protocol):
    """What is asked of a forge for one of its repositories.

    All raise ``ForgeError`` if the forge refuses, and ``Unsure`` if it may have done what it was asked.
    """

    def find(self, head: str) -> PullRequest | None:
        """The open pull request of a branch, else the newest."""

    def create(self, proposal: Proposal) -> PullRequest:
        """Open one; ``AlreadyThere`` if somebody was quicker."""

    def decorate(self, number: int, proposal: Proposal) -> None:
        """Label it and ask its reviewers."""

    def update(self, number: int, body: str, base: str) -> None:
        """Replace its body and what it is to be merged into."""

    def checks(self, commit: str, number: int) -> Checks:
        """What its CI says."""

    def comment(self, number: int, mark: str, text: str) -> None:
        """Write ``text``, or replace what we wrote under the same ``mark``."""
