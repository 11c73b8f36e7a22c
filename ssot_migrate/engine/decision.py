"""Deciding as data: what is asked for, and what was decided about one file, loose and packed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

import msgspec

from ssot_migrate.decisions import Decision
from ssot_migrate.engine.verdicts import Verdict
from ssot_migrate.findings import Finding, Problem, is_passing
from ssot_migrate.index.scan import FileScan
from ssot_migrate.model import Frozen
from ssot_migrate.plans.found import StateCount, chunk, in_numbers
from ssot_migrate.plans.model import FilePlan


class Options(Frozen, frozen=True):
    """What the run asks for: ``review`` changes too, services, policy per rule, decisions per finding."""

    include_review: bool = False
    services: tuple[str, ...] = ()
    policy: dict[str, str] = {}
    decisions: tuple[Decision, ...] = ()


class FileDecision(Frozen, frozen=True):
    """All that was decided about one file; ``dated``: it may be another on another day.

    ``counts`` are there, in place of the findings, where those stay packed.
    """

    path: str
    findings: tuple[Finding, ...] = ()
    plan: FilePlan | None = None
    problems: tuple[Problem, ...] = ()
    provides: tuple[str, ...] = ()
    requires: tuple[str, ...] = ()
    shared: bool = False
    hits: dict[str, dict[str, int]] = {}
    dated: bool = False
    counts: tuple[StateCount, ...] = ()


def undecided(scan: FileScan, reason: str) -> FileDecision:
    """A file of which nothing could be decided: a problem, and its sites' hits in a bucket of their own."""
    hits: dict[str, dict[str, int]] = {}
    for site in scan.sites:
        if site.hits:
            bucket = hits.setdefault(site.rule, {"undecided": 0})
            bucket["undecided"] += len(site.hits)
    return FileDecision(scan.path, problems=(Problem(scan.path, "worker", reason),), hits=hits)


def buckets(verdicts: Sequence[Verdict], scan: FileScan) -> dict[str, dict[str, int]]:
    """Textual hits by rule and bucket, for the sites of one file; a site without verdict is compliant."""
    state = {id(verdict.site): verdict.state.value for verdict in verdicts}
    tallies: dict[str, Counter[str]] = {}
    for site in scan.sites:
        if site.hits:
            tallies.setdefault(site.rule, Counter())[state.get(id(site), "compliant")] += len(site.hits)
    return {rule: dict(tally) for rule, tally in tallies.items()}


_pack = msgspec.msgpack.Encoder().encode
_unpack = msgspec.msgpack.Decoder(FileDecision).decode


class PackedDecision(Frozen, frozen=True, array_like=True):
    """A ``FileDecision``; ``passing``: another run may decide more of the file.

    ``found`` are its findings as a plan has them; ``data`` is all else.
    """

    path: str
    provides: tuple[str, ...]
    requires: tuple[str, ...]
    dated: bool
    passing: bool
    found: bytes
    data: bytes

    def unpacked(self) -> FileDecision:
        """The decision, but for its findings."""
        return _unpack(self.data)


def packed(decision: FileDecision) -> PackedDecision:
    """``decision``, packed."""
    return PackedDecision(
        decision.path,
        decision.provides,
        decision.requires,
        decision.dated,
        is_passing(decision.problems),
        chunk(decision.findings),
        _pack(msgspec.structs.replace(decision, findings=(), counts=tuple(in_numbers(decision.findings)))),
    )
