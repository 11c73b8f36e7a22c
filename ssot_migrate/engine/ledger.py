"""The ledger: every textual hit of a legacy name in exactly one bucket, or the run fails."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence

from ssot_migrate.engine.decision import FileDecision
from ssot_migrate.errors import LedgerMismatch
from ssot_migrate.index.packed import Counts
from ssot_migrate.index.scan import HitCount
from ssot_migrate.plans.model import Tally


def tally(
    scans: Iterable[Counts], decisions: Iterable[FileDecision], rules: Sequence[str]
) -> tuple[Tally, ...]:
    """The ledger of each rule over the files that were decided.

    Raises:
        LedgerMismatch: the buckets of a rule do not add up to its hits.
    """
    totals: Counter[str] = Counter()
    buckets: dict[str, Counter[str]] = {rule: Counter() for rule in rules}
    for scan in scans:
        for count in scan.hits:
            totals[count.rule] += count.total
            _add(buckets[count.rule], _unclaimed(count, scan))
    for decision in decisions:
        for rule, found in decision.hits.items():
            _add(buckets[rule], found)
    result = tuple(
        Tally(rule, totals[rule], {k: n for k, n in sorted(buckets[rule].items()) if n}) for rule in rules
    )
    for entry in result:
        if sum(entry.buckets.values()) != entry.total:
            counted = sum(entry.buckets.values())
            raise LedgerMismatch(
                f"{entry.rule}: {entry.total} hits, but {counted} in the buckets",
                hint="this is a defect of ssot-migrate; please report it with the repository's commit",
            )
    return result


def _add(bucket: Counter[str], found: Mapping[str, int]) -> None:
    for name, count in found.items():
        if count:
            bucket[name] += count


def _unclaimed(count: HitCount, scan: Counts) -> dict[str, int]:
    if not scan.parsed:
        return {"unparseable": count.total}
    return {
        "string": count.strings,
        "comment": count.comments,
        "import": count.imports,
        "other name": count.other_names,
    }
