"""Verdicts become findings: fingerprinted, in order, and with what suppresses nothing named."""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Sequence
from typing import NamedTuple

from ssot_migrate.edits import Span
from ssot_migrate.index.scan import FileScan
from ssot_migrate.model import Change, Finding, Safety, Site, Source, State, Suppression

UNUSED = "unused-suppression"


class Verdict(NamedTuple):
    """What was decided about one site."""

    site: Site
    change: Change | None
    state: State
    safety: Safety
    message: str


def findings(
    verdicts: Sequence[Verdict], source: Source, scan: FileScan, service: str
) -> tuple[Finding, ...]:
    """A finding for each verdict, in file order."""
    seen: Counter[str] = Counter()
    found = []
    for verdict in sorted(verdicts, key=lambda v: (v.site.span, v.site.rule)):
        site = verdict.site
        snippet = b" ".join(site.span.slice(source.data).split()) if scan.encoding == "utf-8" else b""
        where = "\0".join((site.rule, site.path, site.scope, site.kind, snippet.decode("utf-8", "replace")))
        seen[where] += 1
        found.append(
            Finding(
                site.rule,
                site.kind,
                site.path,
                site.span,
                site.line,
                site.scope,
                verdict.message,
                verdict.state,
                verdict.safety,
                _fingerprint(where, seen[where]),
                service,
            )  # fmt: skip
        )
    return tuple(found)


def _fingerprint(where: str, ordinal: int) -> str:
    return hashlib.sha256(f"{where}\0{ordinal}".encode("utf-8", "surrogateescape")).hexdigest()[:16]


def unused_suppressions(
    verdicts: Sequence[Verdict], scan: FileScan, rules: Collection[str], service: str
) -> tuple[Finding, ...]:
    """Advice for each suppression of a rule in force that suppresses nothing."""
    lines = {(v.site.rule, v.site.line) for v in verdicts if v.state is State.SUPPRESSED}
    unused = (s for s in scan.suppressions if s.rule in rules and (s.rule, s.line) not in lines)
    return tuple(_unused(suppression, scan.path, service) for suppression in unused)


def _unused(suppression: Suppression, path: str, service: str) -> Finding:
    message = f"nothing to suppress here: remove allow[{suppression.rule}]"
    where = "\0".join((UNUSED, path, suppression.rule, suppression.reason))
    return Finding(
        UNUSED, "comment", path, Span(0, 0), suppression.line, "", message,
        State.ADVICE, Safety.ADVICE, _fingerprint(where, suppression.line), service,
    )  # fmt: skip
