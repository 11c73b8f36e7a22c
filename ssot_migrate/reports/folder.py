"""Where the reports of a branch lie, and writing them."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from ssot_migrate.atomic import write_atomically
from ssot_migrate.errors import Refused, UsageError
from ssot_migrate.reports.json_report import json_report
from ssot_migrate.reports.markdown_report import markdown_report
from ssot_migrate.reports.patch import FILE_NAME, patch
from ssot_migrate.reports.summary import Summary


def default_folder(common_dir: Path, digest: str) -> Path:
    """Where reports go if nobody says: beside git's own data, outside of every working tree."""
    return common_dir / "ssot-migrate" / "reports" / digest[:12]


Announce = Callable[[Mapping[Path, bytes]], None]


def write_reports(
    folder: Path, summary: Summary, diff: bytes, page: str, announce: Announce = lambda _: None
) -> Path:
    """Write the reports of a branch into a folder of its own under ``folder``, and name it.

    ``page`` is the review page; ``announce`` is told of all of them before the first one is written.

    Raises:
        Refused: that folder is a link.
        UsageError: it cannot be written to.
    """
    own = folder / summary.branch.split("/")[-2]
    if own.is_symlink():
        raise Refused(f"{own} is a link", hint="remove it, or name another folder with --report")
    contents = {
        FILE_NAME: patch(summary, diff),
        "report.md": markdown_report(summary).encode(),
        "report.json": json_report(summary).encode(),
        "report.html": page.encode(),
    }
    announce({own / name: data for name, data in contents.items()})
    try:
        own.mkdir(parents=True, exist_ok=True)
        for name, data in contents.items():
            write_atomically(own / name, data)
    except OSError as error:
        raise UsageError(f"cannot write reports: {error}", hint="name a folder with --report") from error
    return own
