"""What is measured: for each kind of work, the command lines of everybody who can do it."""

from __future__ import annotations

import shlex
import shutil
import subprocess
import sys
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import NamedTuple

from corpora import Corpus
from peer import AST_GREP, PEERS, Peer, help_command, program, ruff

ROOT = Path(__file__).parents[1]
U = "ast.parse of all files (U)"
OURS = "ssot-migrate"
RUFF = "Ruff, one trivial rule"
FAST_IMPORT = "git fast-import of the same commits"
READ_ALL = "import sys\nfor name in open(sys.argv[1]).read().split('\\0'):\n    open(name, 'rb').read()"
PARSE_ALL = """
import ast, sys, warnings
warnings.simplefilter("ignore")
for name in open(sys.argv[1]).read().split("\\0"):
    try:
        ast.parse(open(name, "rb").read())
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        pass
"""
SHELL_APPLY = """
set -e
git worktree add -q ../bench-tree -b bench-branch
cd ../bench-tree
{ast_grep} > /dev/null
git add -A
git commit -q -m migrated
cd - > /dev/null
git worktree remove --force ../bench-tree
git branch -q -D bench-branch
"""


class Case(NamedTuple):
    """One line of the table. ``prepare`` runs unmeasured and returns the command line.

    ``slow`` ones see a sample of a large corpus; ``good`` are exit statuses of a run that did its work.
    """

    work: str
    name: str
    prepare: Callable[[Corpus], Sequence[str]]
    good: tuple[int, ...] = (0,)
    environment: dict[str, str] = {}
    slow: bool = False


def ours(*arguments: str) -> list[str]:
    """A command line of ours."""
    return [sys.executable, "-m", "ssot_migrate", *arguments]


def cases() -> list[Case]:
    """All cases, in the order in which each round runs them."""
    return [*_floors(), *_environment(), *_everything(), *_again(), *_branches(), *_starts()]


def parsing(corpus: Corpus) -> list[str]:
    """What U is the CPU of."""
    return [sys.executable, "-c", PARSE_ALL, str(_listed(corpus))]


def _floors() -> list[Case]:
    pattern = r"os\.(environ|getenv)\b"
    return [
        Case("floor", U, parsing),
        Case(
            "floor", "read all bytes", lambda corpus: [sys.executable, "-c", READ_ALL, str(_listed(corpus))]
        ),
        Case("floor", "ripgrep", lambda corpus: [program("rg"), "-l", "-t", "py", pattern, "."], (0, 1)),
        Case("floor", RUFF, lambda corpus: ruff("--no-cache", "--select", "E722"), (0, 1)),
    ]


def _environment() -> list[Case]:
    cold = _mine("environment", OURS, _cold("--rule", "direct-env-access"))
    return [cold, *(_of_peer(peer) for peer in PEERS)]


def _everything() -> list[Case]:
    return [
        _mine("all rules", OURS, everything_cold),
        Case("all rules", "Ruff, F401 and UP, fixed", _ruff_fixed, (0, 1)),
        Case("all rules", "pyupgrade", _on_files("pyupgrade", "--py311-plus"), (0, 1), slow=True),
        Case("all rules", "unittest2pytest", _on_files("unittest2pytest", "-w", "-n"), (0, 1), slow=True),
    ]


def _again() -> list[Case]:
    return [
        _mine("nothing changed", OURS, everything_warm),
        Case("nothing changed", RUFF, _ruff_warm, (0, 1)),
        _mine("one file changed", OURS, _touched),
    ]


def _branches() -> list[Case]:
    return [
        _mine("plan and apply to a branch", OURS, _planned_and_applied),
        Case("plan and apply to a branch", "ast-grep in a git worktree, committed", _ast_grep_branch),
        _mine("apply a saved plan", OURS, _applied),
        Case("apply a saved plan", FAST_IMPORT, _fast_imported),
    ]


def _starts() -> list[Case]:
    starts = [(OURS, ours("--help")), *((peer.name, help_command(peer)) for peer in PEERS)]
    return [Case("start-up", name, partial(_fixed, command)) for name, command in starts]


def _fixed(command: Sequence[str], corpus: Corpus) -> Sequence[str]:
    """A command line that needs nothing of the corpus."""
    return command


def _mine(work: str, name: str, prepare: Callable[[Corpus], Sequence[str]]) -> Case:
    return Case(work, name, prepare, (0, 4))  # 4: some files of the corpus are unreadable


def _of_peer(peer: Peer) -> Case:
    def prepare(corpus: Corpus) -> list[str]:
        corpus.restore()
        peer.place(corpus.root)
        return peer.command(["."])

    return Case("environment", peer.name, prepare, peer.good, peer.environment, peer.slow)


def _listed(corpus: Corpus) -> Path:
    corpus.restore()
    names = corpus.root.with_suffix(".files")
    names.write_text("\0".join(corpus.files()), "utf-8")
    return names


def _on_files(name: str, *options: str) -> Callable[[Corpus], Sequence[str]]:
    def prepare(corpus: Corpus) -> list[str]:
        corpus.restore()
        return [program(name), *options, *corpus.files()]

    return prepare


def _cold(*arguments: str) -> Callable[[Corpus], Sequence[str]]:
    """A plan with an empty cache."""

    def prepare(corpus: Corpus) -> list[str]:
        corpus.restore()
        shutil.rmtree(corpus.cache, ignore_errors=True)
        return ours("plan", "--format", "lines", *arguments)

    return prepare


def everything_cold(corpus: Corpus) -> Sequence[str]:
    """The plan of all rules, with an empty cache."""
    return _cold()(corpus)


def everything_warm(corpus: Corpus) -> list[str]:
    """The plan of all rules once more: the case before has filled the cache."""
    corpus.restore()
    return ours("plan", "--format", "lines")


def _ruff_fixed(corpus: Corpus) -> list[str]:
    corpus.restore()
    return ruff("--no-cache", "--select", "F401,UP", "--fix")


def _ruff_warm(corpus: Corpus) -> list[str]:
    return ruff("--select", "E722", "--cache-dir", str(corpus.cache / "ruff"))


def _touched(corpus: Corpus) -> list[str]:
    """A plan after one file has changed."""
    files = corpus.files()
    path = corpus.root / files[len(files) // 2]
    path.write_bytes(path.read_bytes() + b"# touched\n")
    corpus.commit("touched")
    return ours("plan", "--format", "lines")


def _planned_and_applied(corpus: Corpus) -> list[str]:
    corpus.forget_branches()
    shutil.rmtree(corpus.cache, ignore_errors=True)
    return ours("apply", "--rule", "direct-env-access")


def _ast_grep_branch(corpus: Corpus) -> list[str]:
    ast_grep = next(peer for peer in PEERS if peer.name == AST_GREP)
    return ["bash", "-c", SHELL_APPLY.format(ast_grep=" ".join(ast_grep.command(["."])))]


def _applied(corpus: Corpus) -> list[str]:
    """The replay of a saved plan onto branches that do not exist yet."""
    corpus.forget_branches()
    command = ours("plan", "--include", "review", "--out", str(corpus.plan))
    subprocess.run(command, cwd=corpus.root, env=corpus.environment(), capture_output=True, check=False)
    return ours("apply", "--plan", str(corpus.plan))


def _fast_imported(corpus: Corpus) -> list[str]:
    """The commits that the case before has made, from a stream that holds their blobs."""
    stream = corpus.plan.with_suffix(".stream")
    marks = corpus.export(stream)
    corpus.forget_branches()
    marked, given = shlex.quote(str(marks)), shlex.quote(str(stream))
    return ["bash", "-c", f"git fast-import --quiet --force --import-marks={marked} < {given}"]
