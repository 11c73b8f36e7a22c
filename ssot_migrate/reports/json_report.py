"""The summary of a branch for programs."""

from __future__ import annotations

import json

import msgspec

from ssot_migrate.reports.summary import Summary


def json_schema() -> str:
    """The JSON Schema (draft 2020-12) of ``report.json``, as ``report.schema.json`` beside this has it."""
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "ssot-migrate report.json"}
    return json.dumps({**head, **msgspec.json.schema(Summary)}, indent=2) + "\n"


def json_report(summary: Summary) -> str:
    """The summary as indented JSON: every field of ``Summary``, always, under its own name."""
    return msgspec.json.format(msgspec.json.encode(summary), indent=2).decode() + "\n"
