"""What ends a run: one base, each with a hint and a documented exit code."""

from __future__ import annotations

from enum import IntEnum
from typing import Self


class ExitCode(IntEnum):
    """The exit codes of the command; ``meaning`` is what ``docs/exit-codes.md`` says of each."""

    meaning: str

    def __new__(cls, value: int, meaning: str) -> Self:
        """A code that carries its meaning."""
        code = int.__new__(cls, value)
        code._value_ = value
        code.meaning = meaning
        return code

    OK = 0, "Done, or nothing to do."
    FAILED = 1, "The run could not go on: git failed, or a defect of ours."
    USAGE = 2, "A command line, setting or profile that makes no sense."
    STALE = 3, "The plan, or some of its files, do not fit the repository any more; the others were applied."
    PARTIAL = (
        4,
        "Done, but some files could not be read or made a rule crash, `apply --verify` set changes aside, or "
        "`undo` left what somebody has changed; each is named.",
    )
    REFUSED = 5, "Going on would lose somebody's work, or the plan file is not what `plan` wrote."
    CHANGES = 6, "The plan would change something; only with `--detailed-exitcode`."
    DEBT = (
        7,
        "`check` found violations that nobody has accepted, or lines of the baseline that are too many; "
        "`trend` found a service that fell back.",
    )
    UNPROVEN = (
        8,
        "Tests are worse with the migration, or nothing proves that they are not; "
        "a branch holds more than its plan.",
    )
    INTERRUPTED = 130, "Ctrl-C; nothing half-done is left behind."


class SsotMigrateError(Exception):
    """A run that cannot go on; ``hint`` tells what to do about it."""

    code = "failed"
    exit_code = ExitCode.FAILED

    def __init__(self, message: str, *, hint: str = "") -> None:
        """Keep ``message`` (one line, names the file or option) and ``hint`` (one line)."""
        super().__init__(message)
        self.message = message
        self.hint = hint


class UsageError(SsotMigrateError):
    """A command line, a setting or a profile that makes no sense."""

    code = "usage"
    exit_code = ExitCode.USAGE


class SettingsError(UsageError):
    """A configuration file that cannot be read or names an unknown key."""

    code = "settings"


class PlanStale(SsotMigrateError):
    """A plan that no longer fits the repository."""

    code = "stale-plan"
    exit_code = ExitCode.STALE


class PlanTampered(SsotMigrateError):
    """A plan file that is not what ``plan`` wrote."""

    code = "tampered-plan"
    exit_code = ExitCode.REFUSED


class Refused(SsotMigrateError):
    """An operation that would lose or overwrite somebody's work."""

    code = "refused"
    exit_code = ExitCode.REFUSED


class GitError(SsotMigrateError):
    """A git command that failed; ``message`` carries its last line."""

    code = "git"


class Unproven(SsotMigrateError):
    """A branch that was to be proven and is not; nothing was written."""

    code = "unproven"
    exit_code = ExitCode.UNPROVEN


class LedgerMismatch(SsotMigrateError):
    """Textual hits that ended in no bucket: a defect of ours, never to be shipped silently."""

    code = "ledger"
