"""Verdicts on sites, and the findings that they become: fingerprinted and in order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from functools import lru_cache
from typing import NamedTuple

from ssot_migrate.edits import Span
from ssot_migrate.findings import Finding, Key, State, Suppression
from ssot_migrate.index.scan import FileScan
from ssot_migrate.masking import masked
from ssot_migrate.model import Change, Safety, Site, Source
from ssot_migrate.plans.keys import next_key, snippet

UNUSED = "unused-suppression"


class Verdict(NamedTuple):
    """What was decided about one site."""

    site: Site
    change: Change | None
    state: State
    safety: Safety
    message: str
    fingerprint: str = ""


def fingerprinted(verdicts: Iterable[Verdict], source: Source, scan: FileScan) -> list[Verdict]:
    """``verdicts`` in file order, each with its fingerprint."""
    seen: Counter[Key] = Counter()
    found = []
    for verdict in sorted(verdicts, key=lambda v: (v.site.span, v.site.rule)):
        site = verdict.site
        text = snippet(site.span, source.data) if scan.encoding == "utf-8" else ""
        key = next_key(seen, Key(site.rule, site.path, site.scope, site.kind, text))
        found.append(verdict._replace(fingerprint=key.fingerprint))
    return found


_shown = lru_cache(maxsize=1024)(masked)  # most messages are said of many sites


def finding(verdict: Verdict, service: str) -> Finding:
    """What a plan says of ``verdict``."""
    site = verdict.site
    return Finding(
        site.rule, site.kind, site.path, site.span, site.line, site.scope,
        _shown(verdict.message), verdict.state, verdict.safety, verdict.fingerprint, service,
    )  # fmt: skip


def unused_suppressions(
    verdicts: Sequence[Verdict], scan: FileScan, rules: Collection[str], service: str
) -> tuple[Finding, ...]:
    """Advice for each suppression of a rule in force that suppresses nothing."""
    lines = {(v.site.rule, v.site.line) for v in verdicts if v.state is State.SUPPRESSED}
    unused = (s for s in scan.suppressions if s.rule in rules and (s.rule, s.line) not in lines)
    seen: Counter[Key] = Counter()
    return tuple(_unused(suppression, scan.path, service, seen) for suppression in unused)


def _unused(suppression: Suppression, path: str, service: str, seen: Counter[Key]) -> Finding:
    kind = f"allow[{suppression.rule}]"
    return Finding(
        UNUSED, kind, path, Span(0, 0), suppression.line, "", f"nothing to suppress here: remove {kind}",
        State.ADVICE, Safety.ADVICE, next_key(seen, Key(UNUSED, path, "", kind, "")).fingerprint, service,
    )  # fmt: skip
