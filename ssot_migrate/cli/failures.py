"""Every way for a run to end badly: one message, one hint, one exit code; as JSON where asked for."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence

import click

from ssot_migrate.cli.text import plain, say
from ssot_migrate.errors import ExitCode, SsotMigrateError


def run(command: click.Command, arguments: Sequence[str]) -> int:
    """Call ``command`` and turn whatever ends it into an exit code."""
    try:
        result = command.main(
            args=list(arguments), prog_name="ssot-migrate", standalone_mode=False, color=_colour()
        )
        sys.stdout.flush()
        return int(result) if isinstance(result, int) else ExitCode.OK
    except SsotMigrateError as error:
        return fail(error.code, error.message, error.hint, error.exit_code, arguments)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        return ExitCode.USAGE
    except click.ClickException as error:
        hint = _help_hint(error)
        return fail("usage", error.format_message(), hint, ExitCode.USAGE, arguments)
    except (KeyboardInterrupt, click.Abort):
        message = "interrupted; nothing half-done was left behind"
        return fail("interrupted", message, "run the same command again", ExitCode.INTERRUPTED, arguments)
    except BrokenPipeError:
        _close_output()
        return ExitCode.OK
    except OSError as error:
        return _of_the_system(error, arguments)


def _of_the_system(error: OSError, arguments: Sequence[str]) -> int:
    """A disk that is full, a folder that is gone: told on stderr where it is stdout that takes no more."""
    place = f"{os.fsdecode(error.filename)}: " if isinstance(error.filename, str | bytes) else ""
    message, hint = (
        f"{place}{error.strerror or error}",
        "see that there is room, and that it can be written to",
    )
    try:
        return fail("failed", message, hint, ExitCode.FAILED, arguments)
    except OSError:
        _close_output()
        return fail("failed", message, hint, ExitCode.FAILED, ())


def _close_output() -> None:
    """What is still to be written goes nowhere, so that the interpreter's end says nothing of it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _colour() -> bool | None:
    """Whether to colour: never where NO_COLOR is set (https://no-color.org), else on a terminal (None)."""
    return False if os.environ.get("NO_COLOR") else None


def _help_hint(error: click.ClickException) -> str:
    context = getattr(error, "ctx", None)
    return f"see `{context.command_path} --help`" if context else "see `ssot-migrate --help`"


def fail(code: str, message: str, hint: str, exit_code: int, arguments: Sequence[str]) -> int:
    """Print one error, as JSON on stdout if ``--format json`` was given, and return its exit code."""
    if _wants_json(arguments):
        import json

        click.echo(json.dumps({"code": code, "message": message, "hint": hint}))
        return exit_code
    click.secho(plain(f"error: {message}"), fg="red", err=True, color=_colour())
    if hint:
        say(f"hint: {hint}", err=True)
    return exit_code


def _wants_json(arguments: Sequence[str]) -> bool:
    pairs = zip(arguments, arguments[1:], strict=False)
    return "--format=json" in arguments or any(pair == ("--format", "json") for pair in pairs)
