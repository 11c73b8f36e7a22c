"""What ``verify`` knows and says, as plain data: runs, what differs between them, and the verdict."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum

from ssot_migrate.model import Frozen


class Outcome(Enum):
    """How a test ended. ``KILLED``: it took the process down; ``UNREACHED``: collected, but never begun."""

    PASSED = "passed"
    XFAILED = "xfailed"
    XPASSED = "xpassed"
    SKIPPED = "skipped"
    FAILED = "failed"
    ERROR = "error"
    KILLED = "killed"
    TIMEOUT = "timeout"
    UNREACHED = "unreached"


class Test(Frozen, frozen=True):
    """One test in one run: its outcome, the end of its output if it failed, markers, reachable fixtures."""

    __test__ = False

    outcome: Outcome = Outcome.UNREACHED
    output: str = ""
    markers: tuple[str, ...] = ()
    fixtures: tuple[str, ...] = ()


class Run(Frozen, frozen=True):
    """One run of the test command on one tree.

    ``status`` is the command's exit status (negative: the signal that killed it; None: the time limit did).
    ``by_test``: pytest told of single tests, else ``tests`` is empty and the status is all that is known.
    ``foreign`` are modules that came from elsewhere although the tree has them, with their files;
    ``processes`` counts how often the command had to be started.
    """

    status: int | None
    tests: dict[str, Test] = {}
    by_test: bool = False
    output: str = ""
    foreign: dict[str, str] = {}
    processes: int = 1


class Difference(Frozen, frozen=True, order=True):
    """Something about a test that is not as before: ``what`` is ``outcome``, ``markers``, ``assertions``…"""

    test: str
    what: str
    before: str
    after: str
    output: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """What makes two differences of two runs the same one."""
        return self.test, self.what


class SetAside(Frozen, frozen=True):
    """A change that was set aside, and the test that fails with it (one of several, it may be)."""

    fingerprint: str
    rule: str
    path: str
    line: int
    test: str
    output: str


def by_change(found: Iterable[SetAside]) -> Iterator[tuple[SetAside, int]]:
    """Each change that was set aside, with the first test that fails with it, and how many others do."""
    tests: dict[str, list[SetAside]] = {}
    for each in found:
        tests.setdefault(each.fingerprint, []).append(each)
    yield from ((some[0], len(some) - 1) for some in tests.values())


class Verification(Frozen, frozen=True):
    """What is proven of one branch.

    ``tests`` counts those compared, ``passed`` those that pass before and after. ``broken`` fail before as
    well, ``flaky`` differ between two runs of the same tree, ``unreached`` were run by neither side.
    ``lacking`` are files and submodules that git has not, and that may be why tests fail before.
    ``doubts`` are reasons why this is no proof, in words. ``runs`` counts runs of the test command,
    ``remembered`` those that were not needed because the result was known.
    """

    service: str
    base: str
    commit: str
    command: str
    by_test: bool = True
    selected: int | None = None
    tests: int = 0
    passed: int = 0
    regressions: tuple[Difference, ...] = ()
    notes: tuple[Difference, ...] = ()
    broken: tuple[str, ...] = ()
    flaky: tuple[str, ...] = ()
    unreached: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()
    set_aside: tuple[SetAside, ...] = ()
    runs: int = 0
    remembered: int = 0
    lacking: tuple[str, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether no test is worse than before, and nothing speaks against that being a proof."""
        return not self.regressions and not self.doubts
