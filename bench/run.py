"""Us and our peers side by side, as ratios within one run: ``make bench``.

U is the CPU of ``ast.parse`` over all Python files of the corpus, in a process of its own. Every round runs
each case once, so that a noisy machine disturbs all alike; shown are medians. CPU is user and system time of
the process and all that it started; memory is that of its largest process.
"""

from __future__ import annotations

import argparse
import compileall
import json
import os
import platform
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

from corpora import Corpus, unpacked
from correctness import judge_all
from hotspots import hotspots
from linear import linear
from measure import Cost, Failed, measured, middle
from page import missed, results_as_text, write_page
from peer import PEERS, version
from work import OURS, Case, U, cases

ROOT = Path(__file__).parents[1]
STORE = ROOT / ".bench"
KEPT = ROOT / "docs" / "benchmarks.json"
FLOORS = ("ruff", "ripgrep")


def main() -> None:
    """Measure, print, and with ``--write`` keep it as ``docs/benchmarks.md``."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument(
        "--size",
        action="append",
        choices=["small", "medium", "large"],
        help="source archives from the package index: about 100, 1,000, 14,000 files [small]",
    )
    parser.add_argument("--corpus", type=Path, action="append", default=[], help="any folder of code")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--sample", type=int, default=200, help="files that slow peers see; scaled by bytes [200]"
    )
    parser.add_argument("--only", help="only work or tools whose name holds this; U is always measured")
    parser.add_argument(
        "--copies",
        type=int,
        action="append",
        default=[],
        help="also plan this many copies of the medium archives side by side, to see whether cost is linear",
    )
    parser.add_argument("--add", action="store_true", help="keep what benchmarks.json has of other corpora")
    parser.add_argument("--no-cases", action="store_true", help="leave out the tricky cases")
    parser.add_argument(
        "--render", action="store_true", help="only write the page of docs/benchmarks.json anew"
    )
    parser.add_argument("--write", action="store_true", help="write docs/benchmarks.json, .md and .svg")
    options = parser.parse_args()  # fmt: skip
    compileall.compile_dir(ROOT / "ssot_migrate", quiet=1)  # as an installed one is
    found = json.loads(KEPT.read_text("utf-8")) if options.render else results(options)
    print(results_as_text(found))
    if options.write:
        KEPT.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
    if options.write or options.render:
        write_page(KEPT.parent, found)


def results(options: argparse.Namespace) -> dict[str, Any]:
    """All that one run shows, as ``docs/benchmarks.json`` keeps it."""
    sizes = options.size or ([] if options.corpus else ["small"])
    folders = {size: unpacked(size, STORE) for size in sizes}
    folders |= {folder.resolve().name: folder.resolve() for folder in options.corpus}
    command = f'make bench BENCH_ARGS="{_arguments()}"' if sys.argv[1:] else "make bench"
    chosen = [case for case in cases() if case.name == U or _wanted(case, options.only)]
    measured_now = [_corpus(name, folder, chosen, options, command) for name, folder in folders.items()]
    known = json.loads(KEPT.read_text("utf-8")) if options.add else {}
    others = [one for one in known.get("corpora", []) if one["name"] not in folders]
    copied = linear(unpacked("medium", STORE), options.copies) if options.copies else []
    return {
        "date": time.strftime("%Y-%m-%d"),
        "command": command,
        "python": platform.python_version(),
        "versions": {**{peer.name: peer.version for peer in PEERS}, **{f: version(f) for f in FLOORS}},
        "corpora": sorted([*others, *measured_now], key=lambda one: int(one["files"])),
        "linear": {"command": command, "points": copied} if copied else known.get("linear", {}),
        "cases": known.get("cases", {}) if options.no_cases else _judged(),
    }  # fmt: skip


def _arguments() -> str:
    """What this run was told, without the paths of this machine."""
    kept = (a for a in sys.argv[1:] if a != "--write")
    return " ".join("DIR" if os.sep in argument else argument for argument in kept)


def _wanted(case: Case, only: str | None) -> bool:
    return not only or only in case.work or only in case.name


def _corpus(
    name: str, folder: Path, chosen: list[Case], options: argparse.Namespace, command: str
) -> dict[str, Any]:
    with tempfile.TemporaryDirectory(prefix="ssot-bench-") as where:
        whole = Corpus(Path(where)).fill(folder)
        part, factor = whole.sample(options.sample, Path(where))
        costs: dict[tuple[str, str], list[Cost]] = {}
        failed: dict[tuple[str, str], str] = {}
        for _ in range(options.rounds):
            for case in chosen:
                corpus, times = (part, factor) if case.slow else (whole, 1.0)
                try:
                    cost = _once(case, corpus)
                    costs.setdefault((case.work, case.name), []).append(cost.scaled(times))
                except Failed as error:
                    failed[case.work, case.name] = str(error)
        files = whole.files()
        rows = [_row(key, middle(found), key in _slow(chosen) and factor > 1) for key, found in costs.items()]
        works = {goal.mine[0] for goal in missed({"files": len(files), "rows": rows})}
        parts = {
            case.work: hotspots(whole, case) for case in chosen if case.work in works and case.name == OURS
        }
        return {
            "name": name, "files": len(files), "megabytes": round(whole.size(files) / 1e6, 1),
            "command": command, "parts": parts,
            "rounds": options.rounds, "sample": options.sample, "rows": rows,
            "failed": [{"work": work, "name": tool, "why": why} for (work, tool), why in failed.items()],
        }  # fmt: skip


def _once(case: Case, corpus: Corpus) -> Cost:
    command = case.prepare(corpus)
    return measured(command, corpus.root, {**corpus.environment(), **case.environment}, case.good)


def _slow(chosen: list[Case]) -> set[tuple[str, str]]:
    return {(case.work, case.name) for case in chosen if case.slow}


def _row(key: tuple[str, str], cost: Cost, scaled: bool) -> dict[str, Any]:
    work, name = key
    return {
        "work": work, "name": name, "cpu": round(cost.cpu, 3), "wall": round(cost.wall, 3),
        "peak": cost.peak, "scaled": scaled,
    }  # fmt: skip


def _judged() -> dict[str, dict[str, list[str]]]:
    return {
        tool: {name: list(judged) for name, judged in found.items()} for tool, found in judge_all().items()
    }


if __name__ == "__main__":
    main()
