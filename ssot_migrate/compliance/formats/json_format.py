"""A check for programs."""

from __future__ import annotations

import msgspec

from ssot_migrate.compliance.model import CheckReport


def as_json(report: CheckReport) -> str:
    """The report as indented JSON: the fields of ``CheckReport``, those with their default left out."""
    return msgspec.json.format(msgspec.json.encode(report), indent=2).decode() + "\n"
