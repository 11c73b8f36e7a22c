"""All that the page shows, as plain data: findings in groups, each with its hunks."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from ssot_migrate.edits import Edit
from ssot_migrate.findings import Finding
from ssot_migrate.masking import masked
from ssot_migrate.plans.clusters import Cluster
from ssot_migrate.plans.model import FilePlan, Plan
from ssot_migrate.plans.shapes import shown
from ssot_migrate.reports.left import left
from ssot_migrate.reports.lined import BaseTexts
from ssot_migrate.review.hunks import FileText, Hunk, Lines, Told
from ssot_migrate.verify.model import Verification

Data = dict[str, Any]


class Material(NamedTuple):
    """What a page is made of.

    ``proposals`` is the same plan with what is for review and without decisions: it has the edits of all
    that can be decided, and ``changes`` are its clusters. ``texts`` are those of the base; ``failures`` by
    fingerprint what tests said of a change, ``proof`` what they said of the whole.
    """

    plan: Plan
    proposals: Plan
    changes: Sequence[Cluster]
    texts: BaseTexts
    failures: Mapping[str, str] = {}
    proof: Verification | None = None


def page_data(material: Material) -> Data:
    """The data of the page."""
    plan = material.plan
    hunks: dict[str, list[Hunk]] = {}
    lines = dict(_texts(material, hunks))
    found = _ordered(plan)
    rows = [_row(finding, hunks.get(finding.fingerprint), material) for finding in found]
    index = {row["f"]: number for number, row in enumerate(rows)}
    return {
        "findings": rows,
        "groups": [
            *_changes(material, index),
            *_left((finding for finding in found if finding.fingerprint not in hunks), index),
        ],
        "lines": lines,
        "decisions": {
            d.fingerprint: [d.ruling.value, d.reason] for d in plan.decisions if d.fingerprint in index
        },
        "rules": {rule.slug: [rule.id, rule.summary] for rule in plan.rules},
        "plan": plan.digest,
        "base": plan.base,
    }


def _ordered(plan: Plan) -> list[Finding]:
    return sorted(plan.findings, key=lambda f: (f.path, f.span, f.rule, f.fingerprint))


def _row(finding: Finding, hunks: list[Hunk] | None, material: Material) -> Data:
    row: Data = {
        "f": finding.fingerprint,
        "p": finding.path,
        "l": finding.line,
        "c": finding.scope,
        "r": finding.rule,
        "k": finding.kind,
        "st": finding.state.value,
        "sa": finding.safety.value,
        "sv": finding.service,
        "m": finding.message,
    }
    if hunks:
        row["h"] = hunks
    if output := material.failures.get(finding.fingerprint):
        row["x"] = masked(output)
    return row


def _texts(material: Material, hunks: dict[str, list[Hunk]]) -> Iterator[tuple[str, Lines]]:
    """By path the lines that changes stand in; what each of these does goes into ``hunks``."""
    told: dict[str, Told] = {}
    for file in material.proposals.files:
        if edits := _edits(file):
            own = told.setdefault(file.encoding, Told(file.encoding))
            text = FileText(material.texts.of(file), own)
            hunks |= {fingerprint: text.hunks(each) for fingerprint, each in edits.items()}
            yield file.path, text.around()


def _edits(file: FilePlan) -> dict[str, list[Edit]]:
    found: dict[str, list[Edit]] = {}
    for edit in file.final:
        for fingerprint in edit.findings:
            found.setdefault(fingerprint, []).append(Edit(edit.start, edit.end, edit.text))
    return found


def _changes(material: Material, index: Mapping[str, int]) -> Iterator[Data]:
    for cluster in material.changes:
        members = [index[member] for member in cluster.members if member in index]
        if members:
            yield _group(cluster, members, index)


def _group(cluster: Cluster, members: list[int], index: Mapping[str, int]) -> Data:
    return {
        "id": cluster.id,
        "r": cluster.rule,
        "k": cluster.kind,
        "shape": shown(cluster.shape),
        "members": members,
        "exemplar": index.get(cluster.exemplar, members[0]),
        "outliers": {index[o.fingerprint]: o.why for o in cluster.outliers if o.fingerprint in index},
    }


def _left(findings: Iterable[Finding], index: Mapping[str, int]) -> Iterator[Data]:
    for group in left(findings):
        members = [index[finding.fingerprint] for finding in group.findings]
        yield {
            "id": group.id,
            "r": group.rule,
            "k": group.state.value,
            "reason": group.reason,
            "members": members,
            "exemplar": members[0],
            "outliers": {},
        }
