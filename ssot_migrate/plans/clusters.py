"""Changes of the same shape, together: who reads one of them has read them all, but for the outliers."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from ssot_migrate.findings import Finding, State
from ssot_migrate.model import Frozen
from ssot_migrate.plans.model import FilePlan, Plan
from ssot_migrate.plans.outliers import Member, Outlier, outliers_of
from ssot_migrate.plans.shapes import Edits, Shape, shape


class Cluster(Frozen, frozen=True):
    """All changes of one rule, kind and edit shape.

    ``id`` depends on these three alone, so that it stays when a plan is made again. ``members`` are
    fingerprints by path and place; ``exemplar`` is the one that looks most like the others.
    """

    id: str
    rule: str
    kind: str
    shape: Shape
    members: tuple[str, ...]
    exemplar: str
    outliers: tuple[Outlier, ...] = ()


def clusters(plan: Plan, read: Callable[[str], bytes]) -> tuple[Cluster, ...]:
    """The clusters of ``plan``'s changes, largest first; ``read`` gives the base text of a path."""
    groups: dict[tuple[str, str, Shape], list[Member]] = {}
    shapes: dict[Edits, Shape] = {}
    for member in _members(plan, read):
        if member.edits not in shapes:
            shapes[member.edits] = shape(member.edits)
        key = (member.finding.rule, member.finding.kind, shapes[member.edits])
        groups.setdefault(key, []).append(member)
    found = (_cluster(*key, members) for key, members in groups.items())
    return tuple(sorted(found, key=lambda c: (-len(c.members), c.rule, c.kind, c.shape)))


def edits_of(file: FilePlan, base: bytes) -> dict[str, Edits]:
    """By fingerprint, what each finding of a file replaces and by what, after its last step."""
    found: dict[str, list[tuple[str, str]]] = {}
    for edit in file.final:
        before = base[edit.start : edit.end].decode(file.encoding, "replace")
        for fingerprint in edit.findings:
            found.setdefault(fingerprint, []).append((before, edit.text))
    return {fingerprint: tuple(edits) for fingerprint, edits in found.items()}


def _members(plan: Plan, read: Callable[[str], bytes]) -> Iterator[Member]:
    changed: dict[str, list[Finding]] = {}
    for finding in plan.findings:
        if finding.state is State.CHANGED:
            changed.setdefault(finding.path, []).append(finding)
    for file in sorted(plan.files, key=lambda file: file.path):
        findings = changed.get(file.path)
        edits = edits_of(file, read(file.path) if file.before else b"") if findings else {}
        for finding in sorted(findings or (), key=lambda f: (f.span, f.rule, f.fingerprint)):
            yield Member(finding, edits.get(finding.fingerprint, ()), file)


def _cluster(rule: str, kind: str, what: Shape, members: Sequence[Member]) -> Cluster:
    text = repr((rule, kind, what)).encode("utf-8", "backslashreplace")
    outliers = tuple(outliers_of(members))
    apart = {outlier.fingerprint for outlier in outliers}
    return Cluster(
        hashlib.sha256(text).hexdigest()[:12],
        rule,
        kind,
        what,
        tuple(member.finding.fingerprint for member in members),
        _exemplar([m for m in members if m.finding.fingerprint not in apart] or members),
        outliers,
    )


def _exemplar(members: Sequence[Member]) -> str:
    """The first member with the most frequent edits, of these the most frequent note, the shortest."""
    edits = Counter(member.edits for member in members)
    notes = Counter(member.finding.message for member in members)

    def rank(member: Member) -> tuple[int, int, int]:
        size = sum(len(before) + len(after) for before, after in member.edits)
        return -edits[member.edits], -notes[member.finding.message], size

    return min(members, key=rank).finding.fingerprint
