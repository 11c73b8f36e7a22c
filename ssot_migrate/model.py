"""Every noun of the program: frozen data, from a site in a file to the report of a run."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from enum import Enum

import msgspec

from ssot_migrate.edits import Edit, Span


class Frozen(msgspec.Struct, frozen=True, omit_defaults=True, gc=False):
    """Base of all data here: immutable, comparable, and JSON or msgpack by msgspec.

    Nothing of it can hold itself, so that the garbage collector need not go through it: there are millions.
    """


class FileKind(Enum):
    """What a file is read as."""

    PYTHON = "python"
    SHELL = "shell"
    MAKE = "make"
    DOCKERFILE = "dockerfile"
    YAML = "yaml"
    MARKDOWN = "markdown"
    INI = "ini"
    TOML = "toml"
    JSON = "json"
    BACKUP = "backup"
    """A Python file put aside under another name: no rule edits it, and few look at it."""


class Safety(Enum):
    """Applicability of one change."""

    SAFE = "safe"
    REVIEW = "review"
    ADVICE = "advice"


class State(Enum):
    """The bucket that a finding ends in; the ledger adds those of hits that are no finding."""

    CHANGED = "changed"
    HELD = "held"
    ADVICE = "advice"
    SUPPRESSED = "suppressed"
    GATED = "gated"
    REJECTED = "rejected"
    QUARANTINED = "quarantined"


class Role(Enum):
    """A part of the SSOT runtime, as a profile names it."""

    BASE_CASE = "base_case"
    ASYNC_BASE_CASE = "async_base_case"
    PYTEST_BASE_CASE = "pytest_base_case"
    ENVIRONMENT = "environment"
    MOCKS = "mocks"
    DATABASE = "database"
    WEBSOCKET = "websocket"
    DOCKER = "docker"
    ALIAS = "alias"
    RUNNER = "runner"


CATEGORIES = {
    "1": "base-classes",
    "2": "environment",
    "3": "mocks",
    "5": "runner",
    "6": "services",
    "7": "imports",
    "8": "test-bodies",
}
"""What the score groups rules by: the category of each hundred of rule ids, where the rule names no other."""
DUPLICATES = "duplicates"
"""The category of definitions that stand in several places."""
TEAM_CATEGORY = "team"
"""The category of all other rules, such as a team's own."""
ALL_CATEGORIES = (*CATEGORIES.values(), DUPLICATES, TEAM_CATEGORY)
"""Every category that there is."""


class Source(Frozen, frozen=True):
    """One file of the base: repository-relative POSIX path, raw bytes, git blob id."""

    path: str
    data: bytes
    oid: str
    kind: FileKind
    mode: str = "100644"


class Capture(Frozen, frozen=True, array_like=True):
    """A piece of a site: its text and where it stands (byte offsets in the UTF-8 text)."""

    text: str
    span: Span


class Word(Frozen, frozen=True, array_like=True):
    """A word of a shell command; ``plain`` if its bytes are its value (no quote, no expansion)."""

    text: str
    span: Span
    plain: bool = True


class Command(Frozen, frozen=True):
    """A shell command inside any carrier file; ``locked`` says why it must not be edited.

    In ``form`` ``"exec"`` the words are the elements of a list, each span inside the
    quotes. ``joint`` is what stands between two words: ``" "``, or e.g. ``'", "'``.
    ``subshell`` and ``branch`` are told of a change of folder: the part of the file behind which it is
    forgotten, and the part that may not run.
    """

    words: tuple[Word, ...]
    span: Span
    line: int
    assignments: tuple[Word, ...] = ()
    locked: str = ""
    form: str = "shell"
    joint: str = " "
    subshell: Span | None = None
    branch: Span | None = None


class Site(Frozen, frozen=True):
    """A place in one file where a rule's legacy pattern stands."""

    rule: str
    kind: str
    path: str
    span: Span
    line: int
    scope: str = ""
    captures: dict[str, Capture] = {}
    facts: dict[str, str] = {}
    key: str = ""
    hits: tuple[int, ...] = ()
    eager: bool = False

    def __getitem__(self, name: str) -> Capture:
        """The capture called ``name``."""
        return self.captures[name]


class ImportRequest(Frozen, frozen=True, order=True):
    """``from module import name [as alias]``, for the whole module where ``like`` is -1.

    Else ``like`` is where a statement starts: the line goes after that import, or before any other statement.
    """

    module: str
    name: str
    alias: str = ""
    like: int = -1


class Change(Frozen, frozen=True):
    """An all-or-nothing rewrite of one site.

    ``drops`` are local names whose import may go once unused; ``requires`` and
    ``provides`` tie changes together across files (``"class:pkg.mod.Name"``);
    ``shared``: other services use what is changed here. ``move`` is the path to which the
    whole file goes, as it is: such a change has no edits.
    """

    edits: tuple[Edit, ...]
    safety: Safety = Safety.SAFE
    note: str = ""
    needs: tuple[ImportRequest, ...] = ()
    drops: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    provides: tuple[str, ...] = ()
    shared: bool = False
    move: str = ""


class Advice(Frozen, frozen=True):
    """A site that a person should look at, and why no edit is offered; ``exempt``: nobody need look."""

    reason: str
    exempt: bool = False


class Key(Frozen, frozen=True, order=True):
    """What names a finding for good: no line number, and nothing that an edit elsewhere changes.

    ``ordinal`` counts, from 1, findings that are equal in all else, in file order.
    """

    rule: str
    path: str
    scope: str
    kind: str
    snippet: str
    ordinal: int = 1

    @property
    def fingerprint(self) -> str:
        """The key in 16 hexadecimal digits."""
        parts = (self.rule, self.path, self.scope, self.kind, self.snippet, str(self.ordinal))
        return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


class Finding(Frozen, frozen=True):
    """A decided site. ``fingerprint`` holds no line number and survives edits elsewhere."""

    rule: str
    kind: str
    path: str
    span: Span
    line: int
    scope: str
    message: str
    state: State
    safety: Safety
    fingerprint: str
    service: str = ""


class Suppression(Frozen, frozen=True):
    """``# ssot: allow[rule] reason`` on the line it speaks of."""

    rule: str
    line: int
    reason: str


class Problem(Frozen, frozen=True):
    """Something that cost one file or one rule, never the run; ``line`` is 0 where it is the whole file.

    ``service`` owns the file; "" where it is no file, and until a plan is put together.
    """

    path: str
    stage: str
    message: str
    line: int = 0
    service: str = ""


def is_passing(problems: Iterable[Problem]) -> bool:
    """Whether some are the machine's trouble, not the files': what another run may not have is not kept."""
    return any(problem.stage in ("access", "worker") for problem in problems)


class Branch(Frozen, frozen=True):
    """A ref that ``apply`` wrote, or found already there (``existed``); stacked on ``parent``."""

    service: str
    ref: str
    commit: str
    parent: str
    paths: tuple[str, ...]
    existed: bool = False


class Conflict(Frozen, frozen=True):
    """A service whose branch does not merge with another one, by whom that is, and the files.

    ``certain``: git merged them; else this git (before 2.38) cannot, and both touch these files.
    """

    service: str
    other: str
    author: str
    paths: tuple[str, ...]
    certain: bool = True


class Forecast(Frozen, frozen=True):
    """Conflicts with the ``looked_at`` newest open branches; ``left_out`` older ones were not looked at."""

    conflicts: tuple[Conflict, ...] = ()
    looked_at: int = 0
    left_out: int = 0
