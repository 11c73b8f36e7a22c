"""A plan as SARIF 2.1.0, for code-scanning pages: every finding, and each file's migration as a fix."""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Mapping
from typing import NamedTuple
from urllib.parse import quote

from ssot_migrate.findings import Finding, State
from ssot_migrate.plans.model import FilePlan, Plan, PlannedEdit
from ssot_migrate.reports.counted import counted
from ssot_migrate.reports.positions import Positions

Read = Callable[[Collection[str]], Mapping[str, bytes]]
_LEVEL = {State.CHANGED: "warning", State.HELD: "warning", State.ADVICE: "note", State.GATED: "warning"}
_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_SUPPRESSED = {State.SUPPRESSED: "inSource", State.REJECTED: "external", State.QUARANTINED: "external"}


class Extra(NamedTuple):
    """What a baseline says of a finding: ``baselineState``, and why it is accepted."""

    baseline_state: str
    justification: str = ""


def sarif(
    plan: Plan, help_texts: Mapping[str, str], read: Read, extras: Mapping[str, Extra] | None = None
) -> str:
    """One run with the findings of ``extras`` (None: all).

    ``help_texts`` are the rules' pages by slug; ``read`` gives the base bytes of those paths that it can.
    A file's fix is whole, as it was proven, and stands with the first of its findings that it changes.
    """
    found = [f for f in plan.findings if extras is None or f.fingerprint in extras]
    fixes = _Fixes(plan, read({*(finding.path for finding in found)}))
    run = {
        "tool": {"driver": {"name": "ssot-migrate", "version": plan.tool, "rules": _rules(plan, help_texts)}},
        "results": [_result(finding, fixes, (extras or {}).get(finding.fingerprint)) for finding in found],
        "columnKind": "utf16CodeUnits",
    }
    return json.dumps({"$schema": _SCHEMA, "version": "2.1.0", "runs": [run]}, indent=1) + "\n"


def _rules(plan: Plan, help_texts: Mapping[str, str]) -> list[dict[str, object]]:
    return [
        {
            "id": rule.slug,
            "name": rule.id,
            "shortDescription": {"text": rule.summary},
            "help": {"text": page, "markdown": page},
            "properties": {"category": rule.category},
        }
        for rule in plan.rules
        for page in [help_texts.get(rule.slug, rule.summary)]
    ]


class _Fixes:
    """The fix of each file, given out once."""

    def __init__(self, plan: Plan, texts: Mapping[str, bytes]) -> None:
        self.texts, self.positions = texts, {path: Positions(data) for path, data in texts.items()}
        edited = (file for file in plan.files if file.before and not file.moved)
        self.files = {file.path: file for file in edited if file.path in texts}
        self.sites: dict[str, int] = {}
        for finding in plan.findings:
            if finding.state is State.CHANGED:
                self.sites[finding.path] = self.sites.get(finding.path, 0) + 1

    def of(self, finding: Finding) -> list[dict[str, object]]:
        file = self.files.pop(finding.path, None) if finding.state is State.CHANGED else None
        return [self._fix(file)] if file else []

    def _fix(self, file: FilePlan) -> dict[str, object]:
        replacements = [self._replacement(file, edit) for edit in file.final]
        change = {"artifactLocation": _location(file.path), "replacements": replacements}
        text = f"Migrates the whole file: {counted(self.sites[file.path], 'site')}."
        return {"description": {"text": text}, "artifactChanges": [change]}

    def _replacement(self, file: FilePlan, edit: PlannedEdit) -> dict[str, object]:
        region = self.positions[file.path].region(edit.start, edit.end, file.encoding)
        return {"deletedRegion": region, "insertedContent": {"text": edit.text}}

    def region(self, finding: Finding) -> dict[str, int]:
        known = self.positions.get(finding.path)
        exact = known.region(finding.span.start, finding.span.end) if known and known.is_utf8 else {}
        return exact if exact.get("startLine") == finding.line else {"startLine": finding.line}


def _result(finding: Finding, fixes: _Fixes, extra: Extra | None) -> dict[str, object]:
    place = {"artifactLocation": _location(finding.path), "region": fixes.region(finding)}
    result: dict[str, object] = {
        "ruleId": finding.rule,
        "level": _LEVEL.get(finding.state, "none"),
        "message": {"text": f"{finding.state.value}: {finding.message}"},
        "locations": [{"physicalLocation": place}],
        "partialFingerprints": {"ssotMigrate/v1": finding.fingerprint},
    }
    if fix := fixes.of(finding):
        result["fixes"] = fix
    if extra:
        result["baselineState"] = extra.baseline_state
    if kind := _SUPPRESSED.get(finding.state):
        result["suppressions"] = [{"kind": kind, "justification": finding.message}]
    elif extra and extra.justification:
        result["suppressions"] = [{"kind": "external", "justification": extra.justification}]
    return result


def _location(path: str) -> dict[str, str]:
    return {"uri": quote(path.encode("utf-8", "surrogateescape")), "uriBaseId": "%SRCROOT%"}
