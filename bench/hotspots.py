"""Where the CPU of a cold plan of all rules goes, by part, from samples of its processes (py-spy)."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from corpora import Corpus
from peer import program
from work import everything_cold

_RATE = 200
_RULE = re.compile(r"ssot_migrate/(?:transforms/(\w+)|(copies)/)")
# The innermost frame that one of these tells decides what a sample counts for.
_PARTS = (
    ("libcst", "libcst: syntax newer than the running Python, imports over several lines"),
    ("parse (ast.py", "ast.parse of files that rules look at"),
    ("symtable.py", "symbol tables for the gates"),
    ("engine/gates/", "gates, but for symbol tables"),
    ("languages/commands.py", "shell commands in other files"),
    ("languages/imports.py", "import lines"),
    ("index/", "questions to the index"),
    ("engine/cache.py", "what is remembered between runs"),
    ("msgspec", "what is remembered between runs"),
    ("languages/python.py", "what names mean"),
    ("languages/scopes.py", "what names mean"),
    ("languages/words.py", "words of rules in the bytes of files"),
    ("engine/lineage.py", "words of rules in the bytes of files"),
    ("languages/walk.py", "the walk over trees"),
    ("engine/inventory.py", "reading files and proving them by their hash"),
    ("engine/scan.py", "a scan, but for what has a line of its own"),
    ("engine/", "the rest of the engine"),
)


def hotspots(corpus: Corpus) -> dict[str, float]:
    """The share of all samples by part, the largest first; empty where no profiler runs."""
    target = corpus.plan.with_suffix(".samples")
    # Nonblocking: a worker that is ended while the profiler holds it would never be gone.
    options = ["record", "--nonblocking", "--subprocesses", "--rate", str(_RATE), "--format", "raw"]
    options += ["--output", str(target)]
    command = [program("py-spy"), *options, "--", *everything_cold(corpus)]
    environment = corpus.environment()
    try:
        subprocess.run(command, cwd=corpus.root, env=environment, capture_output=True, check=False)
        return shares(target)
    except FileNotFoundError:
        return {}


def shares(samples: Path) -> dict[str, float]:
    """The shares that a file of py-spy's raw stacks shows."""
    counts: Counter[str] = Counter()
    for stack, number in _stacks(samples):
        counts[part_of(stack)] += number
    total = sum(counts.values())
    return {part: round(number / total, 4) for part, number in counts.most_common()}


def _stacks(samples: Path) -> Iterator[tuple[list[str], int]]:
    for line in samples.read_text("utf-8", "replace").splitlines():
        stack, _, number = line.rpartition(" ")
        yield stack.split(";"), int(number)


def part_of(stack: list[str]) -> str:
    """What the time of a stack, outermost frame first, was spent for."""
    for frame in reversed(stack):
        if rule := _RULE.search(frame):
            name = (rule[1] or "").replace("_", "-") or "copies of definitions"
            stage = "decided" if any("decide_items" in one for one in stack) else "looked for"
            return f"{name}, {stage}" if rule[1] else name
        for mark, part in _PARTS:
            if mark in frame:
                return part
    return "starting Python and loading code"
