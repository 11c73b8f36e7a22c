"""Whether cost grows with the number of files alone: plans of several copies of one code base."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from corpora import Corpus
from measure import measured
from memory import held
from work import everything_cold, everything_warm, parsing

SMALLEST = 100  # files: the first point is a part of the code base
TRACED = range(5_000, 10_000)  # files: what memory is held for is told where that takes minutes, not hours


def linear(folder: Path, copies: Sequence[int]) -> list[dict[str, Any]]:
    """What a plan of all rules costs, cold and warm, for a part and for ``copies`` of ``folder``."""
    return [_point(folder, count) for count in (0, *copies)]


def _point(folder: Path, copies: int) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="ssot-bench-") as where:
        corpus = Corpus(Path(where))
        if copies:
            corpus.fill(folder, copies=copies)
        else:
            found = sorted(str(path.relative_to(folder)) for path in folder.rglob("*.py"))
            corpus.fill(folder, found[:: max(1, len(found) // SMALLEST)])
        unit = measured(parsing(corpus), corpus.root)
        cold = measured(everything_cold(corpus), corpus.root, corpus.environment(), (0, 4))
        warm = measured(everything_warm(corpus), corpus.root, corpus.environment(), (0, 4))
        files = len(corpus.files())
        kept = {"held": held(corpus)} if files in TRACED else {}
        return kept | {
            "files": files, "unit": round(unit.cpu, 3), "cold": round(cold.cpu, 3),
            "warm": round(warm.cpu, 3), "peak": cold.peak,
        }  # fmt: skip
