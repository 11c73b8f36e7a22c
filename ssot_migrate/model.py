"""What rules see and say, as frozen data: files, commands and sites; changes and advice."""

from __future__ import annotations

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
