"""The plan as data: per file its edits, the steps they belong to, and the hashes that bind them."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from ssot_migrate.decisions import Decision
from ssot_migrate.findings import Finding, Problem, State
from ssot_migrate.model import Frozen

if TYPE_CHECKING:
    Findings = Sequence[Finding]
else:
    Findings = tuple[Finding, ...]  # what a file holds; a plan that is made now has them packed (``Found``)

SCHEMA = 3


class PlannedEdit(Frozen, frozen=True, array_like=True):
    """Replace bytes ``[start, end)`` of the *base* text by ``text``, in steps ``since`` to ``until``.

    Steps are indices into ``FilePlan.steps``; an import line that a later step
    rewrites ends at the step before, and its successor begins there. ``findings`` are the
    fingerprints of those that it serves; an edit of import lines, which several may need, names none.
    """

    start: int
    end: int
    text: str
    since: int
    until: int
    findings: tuple[str, ...] = ()


class Step(Frozen, frozen=True, array_like=True):
    """One migration's commit for one file: the rule's slug and the blob id that results."""

    rule: str
    after: str


class FilePlan(Frozen, frozen=True):
    """How one file gets from its base blob to its last step's blob.

    ``before`` is ``""`` for a file that the plan creates. Every step's text is
    ``splice(base text, edits alive in that step)``. ``moved`` is the path at which the file stands
    afterwards, if that is another one: it goes there as it is, in its one step.
    """

    path: str
    service: str
    before: str
    steps: tuple[Step, ...]
    edits: tuple[PlannedEdit, ...]
    mode: str = "100644"
    encoding: str = "utf-8"
    foundation: bool = False
    moved: str = ""

    @property
    def paths(self) -> tuple[str, ...]:
        """The path of the file, and where it goes."""
        return (self.path, self.moved) if self.moved else (self.path,)

    @property
    def final(self) -> tuple[PlannedEdit, ...]:
        """The edits that make the text after the last step."""
        last = len(self.steps) - 1
        return tuple([edit for edit in self.edits if edit.until == last])


class RuleRef(Frozen, frozen=True):
    """What a report says of a rule, so that reports need no transform.

    The score counts by ``category``, each site with the ``weight`` that the settings give that.
    """

    id: str
    slug: str
    summary: str
    category: str = ""
    weight: float = 1.0


class Tally(Frozen, frozen=True):
    """The ledger of one rule: textual hits by bucket; the buckets add up to ``total``."""

    rule: str
    total: int
    buckets: dict[str, int]


class Score(Frozen, frozen=True):
    """Compliance of one service under one rule: sites compliant of all sites, today and after."""

    service: str
    rule: str
    sites: int
    compliant: int
    compliant_after: int


class Asked(Frozen, frozen=True):
    """What a plan was asked for, so that it can be made again: services and rules (none: all), and review."""

    services: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    include_review: bool = False


def paths_of(files: Iterable[FilePlan]) -> set[str]:
    """All paths that ``files`` are about."""
    return {path for file in files for path in file.paths}


class Plan(Frozen, frozen=True):
    """A sealed dry run. ``digest`` is over the canonical JSON of everything but itself.

    ``decisions`` are those that steered it; ``unmatched`` those on findings that are not there any more.
    A file has ``Findings`` as an array of ``Finding``.
    """

    schema: int
    tool: str
    base: str
    profile: str
    rules: tuple[RuleRef, ...]
    services: tuple[str, ...]
    files: tuple[FilePlan, ...]
    findings: Findings
    problems: tuple[Problem, ...]
    ledger: tuple[Tally, ...]
    scores: tuple[Score, ...]
    decisions: tuple[Decision, ...] = ()
    unmatched: tuple[Decision, ...] = ()
    asked: Asked = Asked()
    digest: str = ""


def blob_id(data: bytes, width: int = 40) -> str:
    """The git blob id of ``data`` in hexadecimal; ``width`` is 40 (SHA-1) or 64 (SHA-256) digits."""
    digest = hashlib.sha256 if width == 64 else hashlib.sha1
    return digest(b"blob %d\0" % len(data) + data, usedforsecurity=False).hexdigest()


def changed_sites(plan: Plan) -> Counter[tuple[str, str]]:
    """How many sites the plan changes, by (rule slug, path)."""
    return Counter((f.rule, f.path) for f in plan.findings if f.state is State.CHANGED)
