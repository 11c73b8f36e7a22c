"""The command that runs a repository's tests: the user's, the settings', or what the base has."""

from __future__ import annotations

import shlex
import shutil

from ssot_migrate.errors import UsageError
from ssot_migrate.git.repository import Repository
from ssot_migrate.model import Role
from ssot_migrate.profile import load_profile
from ssot_migrate.settings import Settings


def words_of(repo: Repository, settings: Settings, base: str, command: str) -> tuple[str, ...]:
    """The words of ``command``, or of what runs the tests at ``base`` if that is empty.

    Raises:
        UsageError: the command makes no sense.
    """
    if not command:
        return _default(repo, settings, base)
    try:
        words = tuple(shlex.split(command))
    except ValueError as error:
        raise UsageError(f"the test command {command!r} makes no sense: {error}") from error
    if not words:
        raise UsageError("the test command is empty", hint="such as --test-command 'python -m pytest'")
    return words


def _default(repo: Repository, settings: Settings, base: str) -> tuple[str, ...]:
    """The unified runner if the base has it, else pytest."""
    python = "python" if shutil.which("python") else "python3"
    role = load_profile(settings.profile, settings.roles).roles.get(Role.RUNNER)
    runner = f"{role.module.replace('.', '/')}.py" if role else ""
    if runner and any(entry.path == runner for entry in repo.entries(base)):
        return (python, runner)
    return (python, "-m", "pytest")
