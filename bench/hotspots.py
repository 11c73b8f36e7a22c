"""Where the CPU of a work of ours goes, by part, from samples of its Python processes (py-spy)."""

from __future__ import annotations

import re
import subprocess
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

from corpora import Corpus
from peer import program
from work import Case, everything_warm

_RATE = 200
_ENOUGH, _MOST = 500, 10  # samples, and runs to get so many
_REMEMBERING = frozenset({"nothing changed", "one file changed"})
_PROCESS = "process "
GIT = "git itself"
START = "starting Python and loading code"
_RULE = re.compile(r"ssot_migrate/(?:transforms/(\w+)|(copies)/)")
# The innermost frame that one of these tells decides what a sample counts for.
_PARTS = (
    ("<frozen importlib", START),
    ("libcst", "libcst: syntax newer than the running Python, imports over several lines"),
    ("parse (ast.py", "ast.parse of files that rules look at"),
    ("symtable.py", "symbol tables for the gates"),
    ("engine/gates/", "gates, but for symbol tables"),
    ("languages/commands.py", "shell commands in other files"),
    ("languages/import", "edits of imports"),
    ("engine/import_lines.py", "imports of files that nothing parses"),
    ("languages/effects.py", "imports of files that nothing parses"),
    ("languages/sparse.py", "functions and statements, told by their lines"),
    ("languages/lines.py", "functions and statements, told by their lines"),
    ("languages/outline.py", "functions and statements, told by their lines"),
    ("index/", "questions to the index"),
    ("plans/store.py", "the plan as a file"),
    ("plans/clusters.py", "changes of one shape"),
    ("plans/shapes.py", "changes of one shape"),
    ("plans/", "the plan, checked and replayed"),
    ("masking.py", "secrets, masked"),
    ("reports/left.py", "what is left, by reason"),
    ("reports/reasons.py", "what is left, by reason"),
    ("review/", "the review page"),
    ("reports/", "other reports"),
    ("git/", "talking to git"),
    ("engine/store.py", "what is remembered between runs"),
    ("engine/cache.py", "what is remembered between runs"),
    ("msgspec", "what is remembered between runs"),
    ("languages/python.py", "what names mean"),
    ("languages/scopes.py", "what names mean"),
    ("languages/words.py", "words of rules in the bytes of files"),
    ("engine/lineage.py", "words of rules in the bytes of files"),
    ("languages/walk.py", "the walk over trees"),
    ("languages/nodes.py", "the walk over trees"),
    ("engine/facts.py", "what other files may ask of one"),
    ("engine/classfacts.py", "what other files may ask of one"),
    ("engine/merge.py", "edits put together"),
    ("engine/composing.py", "edits put together"),
    ("edits.py", "edits put together"),
    ("engine/pool.py", "handing work to processes"),
    ("engine/worker.py", "handing work to processes"),
    ("engine/limits.py", "handing work to processes"),
    ("engine/work.py", "handing work to processes"),
    ("engine/inventory.py", "reading files and proving them by their hash"),
    ("engine/scan.py", "a scan, but for what has a line of its own"),
    ("engine/", "the rest of the engine"),
)
_WITH_TIMES = """
import atexit, os, pathlib, runpy, sys
target = pathlib.Path(sys.argv.pop(1))
atexit.register(lambda: target.write_text(" ".join(map(str, os.times()[:4]))))
sys.argv[0:1] = []
runpy.run_module("ssot_migrate", run_name="__main__", alter_sys=True)
"""


def hotspots(corpus: Corpus, case: Case) -> dict[str, float]:
    """The share of the CPU of ``case`` by part, the largest first; empty where no profiler runs."""
    counts: Counter[str] = Counter()
    workers = False
    try:
        for _ in range(_MOST):
            samples = _sampled(corpus, _prepared(corpus, case))
            counts += parts(samples)
            workers = workers or with_workers(samples)
            if counts.total() >= _ENOUGH:
                break
    except FileNotFoundError:
        return {}
    # Where all Python is one process, what else has run on its behalf is git.
    return shares(counts, 0 if workers else _children(corpus, _prepared(corpus, case)))


def _prepared(corpus: Corpus, case: Case) -> Sequence[str]:
    if case.work in _REMEMBERING:
        _run(corpus, everything_warm(corpus))
    return case.prepare(corpus)


def _run(corpus: Corpus, command: Sequence[str]) -> None:
    subprocess.run(command, cwd=corpus.root, env=corpus.environment(), capture_output=True, check=False)


def _sampled(corpus: Corpus, command: Sequence[str]) -> Path:
    target = corpus.plan.with_suffix(".samples")
    # Nonblocking: a worker that is ended while the profiler holds it would never be gone.
    options = ["record", "--nonblocking", "--subprocesses", "--rate", str(_RATE), "--format", "raw"]
    _run(corpus, [program("py-spy"), *options, "--output", str(target), "--", *command])
    return target


def _children(corpus: Corpus, command: Sequence[str]) -> float:
    """The share of the CPU of a command of ours that its children have; they are not sampled."""
    target = corpus.plan.with_suffix(".times")
    python, _, _, *arguments = command
    _run(corpus, [python, "-c", _WITH_TIMES, str(target), "ssot_migrate", *arguments])
    user, system, *children = map(float, target.read_text("utf-8").split())
    return sum(children) / (user + system + sum(children))


def parts(samples: Path) -> Counter[str]:
    """The number of samples by part, in a file of py-spy's raw stacks."""
    counts: Counter[str] = Counter()
    for stack, number in _stacks(samples):
        counts[part_of(stack)] += number
    return counts


def with_workers(samples: Path) -> bool:
    """Whether a Python process that another one has started was seen: its stack holds both."""
    return any(sum(frame.startswith(_PROCESS) for frame in stack) > 1 for stack, _ in _stacks(samples))


def shares(counts: Counter[str], children: float = 0) -> dict[str, float]:
    """The share by part, the largest first, where ``children`` of the whole are git's."""
    own = (1 - children) / counts.total()
    found = {part: number * own for part, number in counts.items()} | ({GIT: children} if children else {})
    return {part: round(share, 4) for part, share in sorted(found.items(), key=lambda item: -item[1])}


def _stacks(samples: Path) -> Iterator[tuple[list[str], int]]:
    """The stacks of a file; names that were read while the process changed them may break a line in two."""
    for line in samples.read_text("utf-8", "replace").split("\n"):
        stack, _, number = line.rpartition(" ")
        if number.isdecimal():
            yield stack.split(";"), int(number)


def part_of(stack: list[str]) -> str:
    """What the time of a stack, outermost frame first, was spent for."""
    for frame in reversed([frame for frame in stack if not frame.startswith(_PROCESS)]):
        if rule := _RULE.search(frame):
            name = (rule[1] or "").replace("_", "-") or "copies of definitions"
            stage = "decided" if any("decide_items" in one for one in stack) else "looked for"
            return f"{name}, {stage}" if rule[1] else name
        for mark, part in _PARTS:
            if mark in frame:
                return part
    return START
