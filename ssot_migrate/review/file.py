"""The decisions file while somebody reviews: each decision is in it at once."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from threading import Lock

from ssot_migrate.decisions import Decision, Ruling, decide, merge
from ssot_migrate.decisions.file import load, save
from ssot_migrate.errors import UsageError
from ssot_migrate.findings import Finding

Rulings = Mapping[str, tuple[str, str]]
"""Ruling ("" for none) and reason by fingerprint."""


class DecisionsFile:
    """The reviewer's file: what others wrote into it meanwhile is kept."""

    def __init__(self, path: Path, findings: Mapping[str, Finding]) -> None:
        """``findings`` by fingerprint are those that can be decided."""
        self.path, self.findings, self.lock = path, findings, Lock()

    def update(self, changed: Rulings) -> int:
        """Write rulings and reasons by fingerprint ("" takes one back); how many there are now.

        Raises:
            UsageError: an unknown ruling or fingerprint, or a file that makes no sense any more.
            Refused: the file has become a link.
        """
        fresh: list[Decision] = []
        for fingerprint, (ruling, reason) in changed.items():
            if fingerprint not in self.findings or ruling not in ("", *(r.value for r in Ruling)):
                raise UsageError(f"no such decision: {ruling[:40]!r} on {fingerprint[:40]!r}")
            if ruling:
                fresh.append(decide(self.findings[fingerprint], Ruling(ruling), reason))
        with self.lock:
            there = load(self.path) if self.path.exists() else ()
            rest = [d for d in there if d.fingerprint not in changed]
            kept = merge(rest, fresh)
            save(kept, self.path)
        return len(kept)
