"""What a pull request is to us, whichever forge it is at."""

from __future__ import annotations

from enum import Enum

from ssot_migrate.model import Frozen

LONGEST_BODY = 65_536
"""Characters that GitHub takes as a body; GitLab takes more."""


class Standing(Enum):
    """Where a pull request stands; ``closed`` is what a person did: nothing here closes one."""

    OPEN = "open"
    MERGED = "merged"
    CLOSED = "closed"


class Checks(Enum):
    """What a forge's CI says of a commit; ``none`` is a commit that no CI has spoken of."""

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
