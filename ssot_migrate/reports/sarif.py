"""A plan as SARIF 2.1.0, for code-scanning pages."""

from __future__ import annotations

import json
from collections.abc import Mapping
from urllib.parse import quote

from ssot_migrate.model import Finding, State
from ssot_migrate.plans.model import Plan

_LEVEL = {State.CHANGED: "warning", State.HELD: "warning", State.ADVICE: "note", State.GATED: "warning"}


def sarif(plan: Plan, help_texts: Mapping[str, str]) -> str:
    """One run with every finding; ``help_texts`` are the rules' pages by slug."""
    run = {
        "tool": {"driver": {"name": "ssot-migrate", "version": plan.tool, "rules": _rules(plan, help_texts)}},
        "results": [_result(finding) for finding in plan.findings],
        "columnKind": "utf16CodeUnits",
    }
    log = {"$schema": "https://json.schemastore.org/sarif-2.1.0.json", "version": "2.1.0", "runs": [run]}
    return json.dumps(log, indent=1)


def _rules(plan: Plan, help_texts: Mapping[str, str]) -> list[dict[str, object]]:
    return [
        {
            "id": rule.slug,
            "name": rule.id,
            "shortDescription": {"text": rule.summary},
            "help": {"text": help_texts[rule.slug], "markdown": help_texts[rule.slug]},
        }
        for rule in plan.rules
        if rule.slug in help_texts
    ]


def _result(finding: Finding) -> dict[str, object]:
    location = {
        "artifactLocation": {"uri": _uri(finding.path), "uriBaseId": "%SRCROOT%"},
        "region": {"startLine": finding.line},
    }
    result: dict[str, object] = {
        "ruleId": finding.rule,
        "level": _LEVEL.get(finding.state, "none"),
        "message": {"text": f"{finding.state.value}: {finding.message}"},
        "locations": [{"physicalLocation": location}],
        "partialFingerprints": {"ssotMigrate/v1": finding.fingerprint},
    }
    if finding.state is State.SUPPRESSED:
        result["suppressions"] = [{"kind": "inSource", "justification": finding.message}]
    return result


def _uri(path: str) -> str:
    return quote(path.encode("utf-8", "surrogateescape"))
