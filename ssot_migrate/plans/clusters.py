"""Changes of the same shape, together: who reads one of them has read them all, but for the outliers."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from statistics import median
from typing import NamedTuple

from ssot_migrate.model import Finding, Frozen, State
from ssot_migrate.plans.model import FilePlan, Plan
from ssot_migrate.plans.shapes import Shape, carried, shape

_FEW, _MOST = 10, 0.9
_LONG = 60
_REMEMBERED = 50_000

Edits = tuple[tuple[str, str], ...]


class Outlier(Frozen, frozen=True):
    """A member that differs from the rest of its cluster in something a reader should know."""

    fingerprint: str
    why: str


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


class _Member(NamedTuple):
    finding: Finding
    edits: Edits
    file: FilePlan


def clusters(plan: Plan, read: Callable[[str], bytes]) -> tuple[Cluster, ...]:
    """The clusters of ``plan``'s changes, largest first; ``read`` gives the base text of a path."""
    groups: dict[tuple[str, str, Shape], list[_Member]] = {}
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


def _members(plan: Plan, read: Callable[[str], bytes]) -> Iterator[_Member]:
    changed: dict[str, list[Finding]] = {}
    for finding in plan.findings:
        if finding.state is State.CHANGED:
            changed.setdefault(finding.path, []).append(finding)
    for file in sorted(plan.files, key=lambda file: file.path):
        findings = changed.get(file.path)
        edits = edits_of(file, read(file.path) if file.before else b"") if findings else {}
        for finding in sorted(findings or (), key=lambda f: (f.span, f.rule, f.fingerprint)):
            yield _Member(finding, edits.get(finding.fingerprint, ()), file)


def _cluster(rule: str, kind: str, what: Shape, members: Sequence[_Member]) -> Cluster:
    text = repr((rule, kind, what)).encode("utf-8", "backslashreplace")
    outliers = tuple(_outliers(members))
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


def _exemplar(members: Sequence[_Member]) -> str:
    """The first member with the most frequent edits, of these the most frequent note, the shortest."""
    edits = Counter(member.edits for member in members)
    notes = Counter(member.finding.message for member in members)

    def rank(member: _Member) -> tuple[int, int, int]:
        size = sum(len(before) + len(after) for before, after in member.edits)
        return -edits[member.edits], -notes[member.finding.message], size

    return min(members, key=rank).finding.fingerprint


def _outliers(members: Sequence[_Member]) -> Iterator[Outlier]:
    """Each member that differs in a feature which nearly all others of a large enough cluster share."""
    if len(members) < _FEW:
        return
    whys: dict[str, list[str]] = {}
    for feature in (_safety, _note, _place, _shared):
        for fingerprint, why in _deviants(members, feature):
            whys.setdefault(fingerprint, []).append(why)
    for fingerprint in _long_ones(members):
        whys.setdefault(fingerprint, []).append("carries over something unusually long")
    for member in members:
        if member.finding.fingerprint in whys:
            yield Outlier(member.finding.fingerprint, "; ".join(whys[member.finding.fingerprint]))


def _deviants(members: Sequence[_Member], feature: Callable[[_Member], str]) -> Iterable[tuple[str, str]]:
    values: Mapping[str, str] = {member.finding.fingerprint: feature(member) for member in members}
    usual, count = Counter(values.values()).most_common(1)[0]
    if count < _MOST * len(members):
        return ()
    return ((print_, value) for print_, value in values.items() if value != usual)


def _safety(member: _Member) -> str:
    return f"is {member.finding.safety.value}, most others are not"


def _note(member: _Member) -> str:
    return f"has a note of its own: {member.finding.message}"


def _place(member: _Member) -> str:
    in_test = _in_test(member.file.path)
    return "stands in test code, most others do not" if in_test else "stands outside of test code"


@lru_cache(_REMEMBERED)
def _in_test(path: str) -> bool:
    return any(part.startswith("test") for part in path.replace("_test.", "/test.").split("/"))


def _shared(member: _Member) -> str:
    return "other services use it" if member.file.foundation else "no other service uses it"


def _long_ones(members: Sequence[_Member]) -> Iterator[str]:
    known = {edits: carried(edits) for edits in {member.edits for member in members}}
    lengths = {member.finding.fingerprint: known[member.edits] for member in members}
    limit = max(_LONG, 6 * median(lengths.values()))
    return (fingerprint for fingerprint, length in lengths.items() if length > limit)
