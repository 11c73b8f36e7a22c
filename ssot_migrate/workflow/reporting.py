"""The reports of each branch: patch, Markdown, JSON, and the page to read it by."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from ssot_migrate.masking import masked
from ssot_migrate.plans.clusters import Cluster, clusters
from ssot_migrate.plans.model import Plan
from ssot_migrate.plans.outcome import Branch
from ssot_migrate.plans.shapes import shown
from ssot_migrate.reports.folder import Announce, write_reports
from ssot_migrate.reports.lined import BaseTexts
from ssot_migrate.reports.summarising import part_of, summarise
from ssot_migrate.reports.summary import ChangeGroup, Rest
from ssot_migrate.reports.unified import excerpt, unified
from ssot_migrate.review.data import Material
from ssot_migrate.review.page import render
from ssot_migrate.workflow.applied import Written

Read = Callable[[str], bytes]


def write_all(
    plan: Plan,
    rest: Rest,
    read: Read,
    folder: Path,
    announce: Announce,
    pages: Mapping[str, str],
    diff: Callable[[Branch], bytes] | None = None,
) -> Iterator[Written]:
    """Write the reports of ``rest.branches``, and name the folder of each.

    ``read`` gives base texts, ``pages`` are those of the rules by slug. ``diff`` is that of a branch which
    holds more than the plan.

    Raises:
        Refused, UsageError: they cannot be written there.
    """
    rest = rest._replace(owners=_owners(plan, rest))
    for branch in rest.branches:
        part, texts = part_of(plan, branch, rest), BaseTexts(read)
        changes = clusters(part, read)
        own = rest._replace(groups=tuple(_change_groups(part, changes, texts)))
        summary = summarise(part, branch, own)
        failures = {each.fingerprint: each.output for proof in rest.proofs for each in proof.set_aside}
        material = Material(part, part, changes, texts, failures, summary.verification)
        page = render(material, pages, title=summary.branch)
        patch = diff(branch) if diff else b"".join(unified(file, texts.of(file)) for file in part.files)
        yield Written(branch, str(write_reports(folder, summary, patch, page, announce)))


def _owners(plan: Plan, rest: Rest) -> dict[str, str]:
    """The service whose report tells of a path: its own, or that whose tests set its changes aside."""
    owners = {problem.path: problem.service for problem in plan.problems if problem.service}
    owners |= {finding.path: finding.service for finding in plan.findings}
    return owners | {each.path: proof.service for proof in rest.proofs for each in proof.set_aside}


def _change_groups(plan: Plan, changes: Sequence[Cluster], texts: BaseTexts) -> Iterator[ChangeGroup]:
    """The clusters of a plan as reports show them, secrets masked."""
    files = {file.path: file for file in plan.files}
    findings = {finding.fingerprint: finding for finding in plan.findings}
    for cluster in changes:
        finding = findings[cluster.exemplar]
        file = files[finding.path]
        diff = excerpt(file, finding.fingerprint, texts.of(file))
        place = f"{finding.path}:{finding.line}"
        yield _group(cluster, place, finding.message, masked(diff.decode(file.encoding, "replace")))


def _group(cluster: Cluster, place: str, why: str, diff: str) -> ChangeGroup:
    return ChangeGroup(
        id=cluster.id,
        rule=cluster.rule,
        kind=cluster.kind,
        shape=masked(shown(cluster.shape)),
        count=len(cluster.members),
        outliers=len(cluster.outliers),
        place=place,
        why=why,
        diff=diff,
    )
