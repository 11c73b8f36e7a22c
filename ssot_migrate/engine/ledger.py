"""The ledger: every textual hit of a legacy name in exactly one bucket, or the run fails."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from ssot_migrate.errors import LedgerMismatch
from ssot_migrate.index.packed import Counts
from ssot_migrate.index.scan import HitCount
from ssot_migrate.plans.model import Tally


class Ledger:
    """The hits of each rule, in all and by bucket, added up file by file."""

    def __init__(self, rules: Iterable[str]) -> None:
        """Nothing is counted."""
        self.totals: Counter[str] = Counter()
        self.buckets: dict[str, Counter[str]] = {rule: Counter() for rule in rules}

    def scanned(self, scan: Counts) -> None:
        """Count the hits of a file, and put those that no site claims where they stand."""
        for count in scan.hits:
            self.totals[count.rule] += count.total
            self.buckets[count.rule].update(_unclaimed(count, scan))

    def decided(self, hits: Mapping[str, Mapping[str, int]]) -> None:
        """Put the hits of sites, by rule and bucket."""
        for rule, found in hits.items():
            self.buckets[rule].update(found)

    def tallies(self) -> tuple[Tally, ...]:
        """The ledger of each rule over the files that were decided.

        Raises:
            LedgerMismatch: the buckets of a rule do not add up to its hits.
        """
        found = ((rule, {k: n for k, n in sorted(each.items()) if n}) for rule, each in self.buckets.items())
        result = tuple(Tally(rule, self.totals[rule], buckets) for rule, buckets in found)
        for entry in result:
            if sum(entry.buckets.values()) != entry.total:
                counted = sum(entry.buckets.values())
                raise LedgerMismatch(
                    f"{entry.rule}: {entry.total} hits, but {counted} in the buckets",
                    hint="this is a defect of ssot-migrate; please report it with the repository's commit",
                )
        return result


def _unclaimed(count: HitCount, scan: Counts) -> dict[str, int]:
    if not scan.parsed:
        return {"unparseable": count.total}
    return {
        "string": count.strings,
        "comment": count.comments,
        "import": count.imports,
        "other name": count.other_names,
    }
