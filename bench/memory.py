"""What the process of a cold plan holds in the end: traces of its allocations, by what they are kept for."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path

from corpora import Corpus

OTHER = "Python, its libraries and our code"
# The innermost frame that one of these tells decides what memory is held for.
_KEPT = (
    ("engine/scanning.py", "scans of all files, packed"),
    ("engine/cache.py", "scans of all files, packed"),
    ("engine/deciding.py", "decisions on all files, packed"),
    ("engine/answer_cache.py", "answers to what rules ask of texts"),
    ("engine/questions.py", "answers to what rules ask of texts"),
    ("engine/asked.py", "answers to what rules ask of texts"),
    ("engine/decision_cache.py", "decisions on all files, packed"),
    ("index/shelf.py", "scans of all files, packed"),
    ("index/packed.py", "single scans, unpacked"),
    ("index/", "the index: who imports, derives and names what"),
    ("engine/inventory.py", "the list of files"),
    ("git/", "the list of files"),
    ("workflow/gather.py", "the list of files"),
    ("plans/", "the plan, and its text"),
    ("workflow/", "the plan, and its text"),
    ("transforms/", "what rules remember"),
    ("copies/", "what rules remember"),
    ("engine/", "findings, ledger and score"),
)
# Traces are taken where the plan is printed: all that a plan keeps is there by then.
_TRACED = """
import json, os, pathlib, runpy, sys, tracemalloc
target = pathlib.Path(sys.argv.pop(1))
tracemalloc.start(8)
os.register_at_fork(after_in_child=tracemalloc.stop)
from ssot_migrate.cli import plan_command
def show(*given):
    found = tracemalloc.take_snapshot().statistics("traceback")
    rows = [(one.size, [frame.filename for frame in reversed(one.traceback)]) for one in found]
    target.write_text(json.dumps(rows))
plan_command.show = show
sys.argv[0:1] = []
runpy.run_module("ssot_migrate", run_name="__main__", alter_sys=True)
"""


def held(corpus: Corpus) -> dict[str, int]:
    """MB that a cold plan of all rules holds when it is printed, by what they are held for.

    Its workers, what the allocator keeps to itself and the interpreter's own memory are left out.
    """
    target = corpus.plan.with_suffix(".traces")
    command = [sys.executable, "-c", _TRACED, str(target), "ssot_migrate", "plan", "--no-cache"]
    subprocess.run(command, cwd=corpus.root, env=corpus.environment(), stdout=subprocess.DEVNULL, check=False)
    return by_part(json.loads(target.read_bytes()))


def by_part(rows: Iterable[tuple[int, Sequence[str]]]) -> dict[str, int]:
    """MB by part, the largest first, of sizes in bytes and the files, innermost first, that took them."""
    sizes: Counter[str] = Counter()
    for size, paths in rows:
        sizes[_kept_for(paths)] += size
    return {part: round(size / 1e6) for part, size in sizes.most_common()}


def _kept_for(paths: Sequence[str]) -> str:
    for path in paths:
        _, ours, inside = Path(path).as_posix().rpartition("/ssot_migrate/")
        for mark, part in _KEPT if ours else ():
            if inside.startswith(mark):
                return part
    return OTHER
