"""What a run finds: findings and what names them, suppressions, and what went wrong."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from enum import Enum

from ssot_migrate.edits import Span
from ssot_migrate.model import Frozen, Safety, Site


class State(Enum):
    """The bucket that a finding ends in; the ledger adds those of hits that are no finding."""

    CHANGED = "changed"
    HELD = "held"
    ADVICE = "advice"
    SUPPRESSED = "suppressed"
    GATED = "gated"
    REJECTED = "rejected"
    QUARANTINED = "quarantined"


class Key(Frozen, frozen=True, order=True):
    """What names a finding for good: no line number, and nothing that an edit elsewhere changes.

    ``ordinal`` counts, from 1, findings that are equal in all else, in file order.
    """

    rule: str
    path: str
    scope: str
    kind: str
    snippet: str
    ordinal: int = 1

    @property
    def fingerprint(self) -> str:
        """The key in 16 hexadecimal digits."""
        parts = (self.rule, self.path, self.scope, self.kind, self.snippet, str(self.ordinal))
        return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:16]


class Finding(Frozen, frozen=True):
    """A decided site. ``fingerprint`` holds no line number and survives edits elsewhere."""

    rule: str
    kind: str
    path: str
    span: Span
    line: int
    scope: str
    message: str
    state: State
    safety: Safety
    fingerprint: str
    service: str = ""


class Suppression(Frozen, frozen=True):
    """``# ssot: allow[rule] reason`` on the line it speaks of."""

    rule: str
    line: int
    reason: str


def allowed(site: Site, suppressions: Iterable[Suppression]) -> Suppression | None:
    """The one of ``suppressions`` that speaks of a site; None if none does."""
    matching = (s for s in suppressions if s.line == site.line and s.rule in ("*", site.rule))
    return next(matching, None)


class Problem(Frozen, frozen=True):
    """Something that cost one file or one rule, never the run; ``line`` is 0 where it is the whole file.

    ``service`` owns the file; "" where it is no file, and until a plan is put together.
    """

    path: str
    stage: str
    message: str
    line: int = 0
    service: str = ""


def is_passing(problems: Iterable[Problem]) -> bool:
    """Whether some are the machine's trouble, not the files': what another run may not have is not kept."""
    return any(problem.stage in ("access", "worker") for problem in problems)
