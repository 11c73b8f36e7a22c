"""What ends a run: one base, each with a hint and a documented exit code."""

from __future__ import annotations

from enum import IntEnum


class ExitCode(IntEnum):
    """The exit codes of the command, as documented in ``docs/exit-codes.md``."""

    OK = 0
    FAILED = 1
    USAGE = 2
    STALE = 3
    PARTIAL = 4
    REFUSED = 5
    CHANGES = 6
    INTERRUPTED = 130


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


class LedgerMismatch(SsotMigrateError):
    """Textual hits that ended in no bucket: a defect of ours, never to be shipped silently."""

    code = "ledger"
