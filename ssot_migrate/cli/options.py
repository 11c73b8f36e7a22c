"""Options that several commands share."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import click

from ssot_migrate.workflow import Request

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID

Decorated = Callable[..., Any]


def request_options(command: Decorated) -> Decorated:
    """PATH, --service, --rule, --include, --no-cache and --jobs."""
    decorators = (
        click.argument("path", default=".", type=click.Path(exists=True, file_okay=False)),
        click.option(
            "--service", "services", multiple=True, metavar="S", help="Only this service; repeatable."
        ),
        click.option(
            "--rule", "rules", multiple=True, metavar="R", help="Only this rule (slug or id); repeatable."
        ),
        click.option("--include", type=click.Choice(["review"]), help="Change what is for review, too."),
        click.option("--no-cache", is_flag=True, help="Read every file anew."),
        click.option(
            "--jobs", type=click.IntRange(min=1), metavar="N", help="Worker processes [default: one a core]."
        ),
    )
    for decorator in reversed(decorators):
        command = decorator(command)
    return command


def to_request(
    path: str,
    services: tuple[str, ...],
    rules: tuple[str, ...],
    include: str | None,
    no_cache: bool,
    jobs: int | None,
    staged: bool = False,
) -> Request:
    """The options as the workflow wants them."""
    return Request(path, services, rules, include == "review", not no_cache, jobs, staged=staged)


class Steps:
    """A progress bar on a terminal, silence in CI or in a pipe."""

    def __init__(self) -> None:
        """Watch stderr; nothing is shown before the first step."""
        self.progress = _progress() if sys.stderr.isatty() and not os.environ.get("CI") else None
        self.tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Steps:
        """Start drawing."""
        if self.progress:
            self.progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop drawing and clear the line."""
        if self.progress:
            self.progress.stop()

    def __call__(self, stage: str, done: int, total: int) -> None:
        """Show that ``done`` of ``total`` files of a stage are finished."""
        if self.progress is None:
            return
        if stage not in self.tasks:
            self.tasks[stage] = self.progress.add_task(stage, total=total)
        self.progress.update(self.tasks[stage], completed=done, total=total)


def _progress() -> Progress:
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    return Progress(*columns, console=Console(stderr=True), transient=True)
