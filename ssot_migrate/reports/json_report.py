"""The summary of a branch for programs."""

from __future__ import annotations

import msgspec

from ssot_migrate.reports.summary import Summary


def json_report(summary: Summary) -> str:
    """The summary as indented JSON: every field of ``Summary``, always, under its own name."""
    return msgspec.json.format(msgspec.json.encode(summary), indent=2).decode() + "\n"
