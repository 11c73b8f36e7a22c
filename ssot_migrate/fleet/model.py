"""Every noun of a fleet: a unit, the job done on it, and the result that comes back by value."""

from __future__ import annotations

from enum import Enum

from ssot_migrate.fleet.config import Forge
from ssot_migrate.model import Frozen


class Action(Enum):
    """What a job does; each one plans first where there is no plan, and ``push`` applies."""

    PLAN = "plan"
    APPLY = "apply"
    VERIFY = "verify"
    PUSH = "push"


class Verdict(Enum):
    """How a unit ended; ``held`` is a unit that waits for a person."""

    DONE = "done"
    NOTHING = "nothing to do"
    HELD = "held"
    FAILED = "failed"


class Outcome(Frozen, frozen=True):
    """How a unit or a branch ended, and why: the reason is one line, without secrets."""

    verdict: Verdict
    reason: str = ""

    def __str__(self) -> str:
        """``done``, ``nothing to do``, ``held: reason`` or ``failed: reason``."""
        return f"{self.verdict.value}: {self.reason}" if self.reason else self.verdict.value


class Unit(Frozen, frozen=True):
    """One repository of a fleet: a folder that is worked in, or a URL (``remote``) that is fetched first.

    ``base`` is the branch to plan on (""; HEAD's), ``upstream`` the remote's name in a folder's repository.
    """

    name: str
    source: str
    group: str
    remote: bool = False
    base: str = ""
    upstream: str = "origin"
    profile: str = ""
    rules: tuple[str, ...] = ()
    include_review: bool = False
    forge: Forge | None = None
    test_command: str = ""


class Limits(Frozen, frozen=True):
    """What one unit may use: seconds by the clock, MiB of address space for each of its processes."""

    seconds: int
    megabytes: int


class Job(Frozen, frozen=True):
    """One action on one unit, with all that a worker elsewhere needs.

    ``plan`` is the sealed plan to replay (b"": make one). ``pushed`` has by service the commit that was
    pushed last, ``only`` the services to push (None: all). ``may_open`` is how many pull requests may be
    opened (None: any number). ``depth`` 0 fetches all of the history. ``dry``: push and send nothing.
    """

    run: str
    unit: Unit
    action: Action
    limits: Limits
    author: str
    depth: int = 1
    plan: bytes = b""
    pushed: dict[str, str] = {}
    only: tuple[str, ...] | None = None
    may_open: int | None = None
    dry: bool = False


class Pushed(Frozen, frozen=True):
    """A service's branch: what ``apply`` made, and, after a push, the branch that the remote has of it.

    ``below`` is the remote branch that this one is stacked on, or the branch to merge into. ``request`` is
    the URL of its pull request, which this job ``opened`` or found; in a dry run ``sent`` is what would be.
    """

    service: str
    commit: str
    parent: str
    paths: tuple[str, ...]
    report: str
    branch: str = ""
    below: str = ""
    url: str = ""
    request: str = ""
    number: int = 0
    opened: bool = False
    sent: tuple[str, ...] = ()
    outcome: Outcome = Outcome(Verdict.NOTHING)


class Place(Frozen, frozen=True, order=True):
    """A service of a unit in the order of its repository; ``files`` are those that its branch changes."""

    level: int
    files: int
    unit: str
    service: str


class Adoption(Frozen, frozen=True):
    """The sites of one service, and how many comply today and would after the plan."""

    service: str
    sites: int
    compliant: int
    compliant_after: int


class Result(Frozen, frozen=True):
    """What a job gives back. ``stages`` are seconds by stage, ``cpu`` is that of all of its processes.

    ``megabytes`` is the peak of the largest; ``left`` has the commonest reasons, with their sites.
    """

    unit: str
    outcome: Outcome
    base: str = ""
    plan: bytes = b""
    digest: str = ""
    branches: tuple[Pushed, ...] = ()
    adoption: tuple[Adoption, ...] = ()
    places: tuple[Place, ...] = ()
    left: dict[str, int] = {}
    stages: dict[str, float] = {}
    seconds: float = 0.0
    cpu: float = 0.0
    megabytes: int = 0
