"""The speed figures, as ratios within one run: ``make bench``, or ``python bench/run.py --corpus DIR``.

U is the CPU of ``ast.parse`` over all Python files of the corpus, in a process of its own.
Every round measures each case once, so that a noisy machine disturbs all alike; shown are
medians. CPU is user and system time of the process and all that it started.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[1]
EXAMPLE = ROOT / "examples" / "legacy-monorepo"
PARSE_ALL = """
import ast, subprocess, sys, warnings
warnings.simplefilter("ignore")
names = subprocess.run(["git", "ls-files", "-z", "*.py"], capture_output=True).stdout.split(b"\\0")[:-1]
for name in names:
    try:
        ast.parse(open(name, "rb").read())
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        pass
"""


class Corpus:
    """A git repository to measure on, with a cache of its own beside it."""

    def __init__(self, folder: Path, where: Path) -> None:
        """Copy the files that git tracks in ``folder`` (or all of a plain one) into a new repository."""
        self.root, self.cache = where / "corpus", where / "cache"
        shutil.copytree(folder, self.root, symlinks=True, ignore=shutil.ignore_patterns(".git"))
        self.git("init", "-q")
        self.git("add", "-A")
        self.commit("base")
        self.plan = where / "plan.json"

    def git(self, *arguments: str) -> str:
        """Run git in the corpus."""
        command = ["git", "-c", "user.name=bench", "-c", "user.email=bench@example.invalid", *arguments]
        return subprocess.run(command, cwd=self.root, check=True, capture_output=True, text=True).stdout

    def commit(self, message: str) -> None:
        """Commit the whole working tree."""
        self.git("commit", "-q", "--allow-empty", "-am", message)

    def tool(self, *arguments: str) -> list[str]:
        """A command line of ours."""
        return [sys.executable, "-m", "ssot_migrate", *arguments]

    def python_files(self) -> list[str]:
        """The tracked Python files."""
        return self.git("ls-files", "*.py").splitlines()


def measured(command: list[str], corpus: Corpus) -> tuple[float, int]:
    """CPU seconds of ``command`` with all its children, and the peak memory of any process in MB."""
    environment = {**os.environ, "SSOT_MIGRATE_CACHE": str(corpus.cache), "PYTHONPATH": str(ROOT), "CI": "1"}
    with open(os.devnull, "wb") as sink:
        process = subprocess.Popen(command, cwd=corpus.root, env=environment, stdout=sink, stderr=sink)
        _, status, usage = os.wait4(process.pid, 0)
    if os.waitstatus_to_exitcode(status) not in (0, 4):  # 4: some files of the corpus are unreadable
        raise SystemExit(f"failed, so nothing was measured: {' '.join(command[1:])}")
    return usage.ru_utime + usage.ru_stime, usage.ru_maxrss // 1024


def cold(corpus: Corpus, *arguments: str) -> Callable[[], list[str]]:
    """A plan with an empty cache."""

    def prepare() -> list[str]:
        shutil.rmtree(corpus.cache, ignore_errors=True)
        return corpus.tool("plan", "--format", "lines", *arguments)

    return prepare


def touched(corpus: Corpus) -> Callable[[], list[str]]:
    """A plan after one file has changed."""

    def prepare() -> list[str]:
        path = corpus.root / corpus.python_files()[len(corpus.python_files()) // 2]
        path.write_bytes(path.read_bytes() + b"# touched\n")
        corpus.commit("touched")
        return corpus.tool("plan", "--format", "lines")

    return prepare


def applied(corpus: Corpus) -> Callable[[], list[str]]:
    """The replay of a saved plan onto branches that do not exist yet."""

    def prepare() -> list[str]:
        for ref in corpus.git("for-each-ref", "--format=%(refname)", "refs/heads/ssot").split():
            corpus.git("update-ref", "-d", ref)
        measured(corpus.tool("plan", "--include", "review", "--out", str(corpus.plan)), corpus)
        return corpus.tool("apply", "--plan", str(corpus.plan))

    return prepare


def cases(corpus: Corpus) -> dict[str, Callable[[], list[str]]]:
    """What is measured, in the order in which it must run."""
    return {
        "ast.parse of all files (U)": lambda: [sys.executable, "-c", PARSE_ALL],
        "plan cold, environment rule": cold(corpus, "--rule", "direct-env-access"),
        "plan cold, all rules": cold(corpus),
        "plan warm, nothing changed": lambda: corpus.tool("plan", "--format", "lines"),
        "plan warm, one file changed": touched(corpus),
        "apply of a saved plan": applied(corpus),
        "--help": lambda: corpus.tool("--help"),
    }


def main() -> None:
    """Measure and print a table."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, default=EXAMPLE, help="a folder of code [the shipped example]")
    parser.add_argument("--rounds", type=int, default=3)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="ssot-bench-") as where:
        corpus = Corpus(options.corpus.resolve(), Path(where))
        names = cases(corpus)
        results: dict[str, list[tuple[float, int]]] = {name: [] for name in names}
        for _ in range(options.rounds):
            for name, prepare in names.items():
                results[name].append(measured(prepare(), corpus))
        print(f"{len(corpus.python_files())} Python files, {options.rounds} rounds, medians")
        unit = median(cpu for cpu, _ in next(iter(results.values())))
        for name, found in results.items():
            cpu, peak = median(c for c, _ in found), max(p for _, p in found)
            print(f"{name:<30} {cpu:8.2f} s CPU {cpu / unit:8.3f} U {peak:6} MB")


if __name__ == "__main__":
    main()
