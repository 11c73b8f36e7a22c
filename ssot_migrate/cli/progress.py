"""How far a run has come, for whoever waits at a terminal."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


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
