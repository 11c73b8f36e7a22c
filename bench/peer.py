"""The peers: how each is told to do the environment migration, and what else it is compared by."""

from __future__ import annotations

import shutil
import sys
from collections.abc import Callable, Sequence
from importlib.metadata import Distribution
from pathlib import Path
from typing import NamedTuple

RULES = Path(__file__).parent / "peers"
ENVIRONMENTS = (Path(sys.prefix), Path(sys.prefix) / "semgrep")  # `make bench` makes both


AST_GREP, SEMGREP, LIBCST, FIXIT, BOWLER = (
    "ast-grep", "Semgrep autofix", "libcst codemod CLI", "Fixit 2", "Bowler",
)  # fmt: skip


class Peer(NamedTuple):
    """A tool that rewrites in place: ``command(paths)`` runs where the code is.

    ``place`` puts the configuration that it insists on into that folder. ``slow`` ones are measured on a
    sample of a large corpus. ``imports``: its rule also adds the import that the rewritten code needs.
    """

    name: str
    distribution: str
    command: Callable[[Sequence[str]], list[str]]
    good: tuple[int, ...] = (0,)
    place: Callable[[Path], None] = lambda folder: None
    environment: dict[str, str] = {}
    slow: bool = False
    imports: bool = False

    @property
    def version(self) -> str:
        """The installed version."""
        return version(self.distribution)


def version(distribution: str) -> str:
    """The installed version of a distribution, or ``"?"``."""
    folders = [str(path) for root in ENVIRONMENTS for path in root.glob("lib/python*/site-packages")]
    return next((found.version for found in Distribution.discover(name=distribution, path=folders)), "?")


def program(name: str) -> str:
    """A program of the environments that `make bench` makes."""
    found = (shutil.which(name, path=str(root / "bin")) for root in ENVIRONMENTS)
    return next((path for path in found if path), name)


def _ast_grep(paths: Sequence[str]) -> list[str]:
    return [program("ast-grep"), "scan", "-r", str(RULES / "ast_grep.yml"), "-U", *paths]


def _semgrep(paths: Sequence[str]) -> list[str]:
    options = ["--metrics=off", "--disable-version-check", "--quiet", "-j", "2"]
    return [program("semgrep"), "scan", "--autofix", "--config", str(RULES / "semgrep.yml"), *options, *paths]


def _semgrep_place(folder: Path) -> None:
    """Without a file of its own, its built-in one leaves out tests."""
    (folder / ".semgrepignore").touch()


def _libcst(paths: Sequence[str]) -> list[str]:
    options = ["--no-format", "--hide-progress", "--jobs", "2"]
    return [sys.executable, "-m", "libcst.tool", "codemod", "environ.EnvironCommand", *options, *paths]


def _libcst_place(folder: Path) -> None:
    (folder / ".libcst.codemod.yaml").write_text('modules: ["libcst_codemod"]\n', "utf-8")


def _fixit(paths: Sequence[str]) -> list[str]:
    return [program("fixit"), "fix", "-a", *paths]


def _fixit_place(folder: Path) -> None:
    shutil.copytree(RULES / "fixit_rule", folder / "fixit_rule", dirs_exist_ok=True)
    rule = 'enable = [".fixit_rule.environ:DirectEnviron"]\ndisable = ["fixit.rules"]\n'
    (folder / "fixit.toml").write_text(f"[tool.fixit]\nroot = true\n{rule}", "utf-8")


def _bowler(paths: Sequence[str]) -> list[str]:
    return [sys.executable, str(RULES / "bowler_query.py"), *paths]


PEERS = (
    Peer(AST_GREP, "ast-grep-cli", _ast_grep),
    Peer(SEMGREP, "semgrep", _semgrep, place=_semgrep_place),
    Peer(
        LIBCST, "libcst", _libcst, (0, 1), _libcst_place, {"PYTHONPATH": str(RULES)},
        slow=True, imports=True,
    ),
    Peer(FIXIT, "fixit", _fixit, (0, 1, 2, 3), _fixit_place, slow=True),
    Peer(BOWLER, "bowler", _bowler, (0, 1), slow=True, imports=True),
)  # fmt: skip


def help_command(peer: Peer) -> list[str]:
    """What shows a peer's start-up."""
    commands = {
        AST_GREP: [program("ast-grep"), "--help"],
        SEMGREP: [program("semgrep"), "--help"],
        LIBCST: [sys.executable, "-m", "libcst.tool", "--help"],
        FIXIT: [program("fixit"), "--help"],
        BOWLER: [program("bowler"), "--help"],
    }
    return commands[peer.name]


def ruff(*arguments: str) -> list[str]:
    """A command line of Ruff that looks at no configuration of the corpus."""
    return [program("ruff"), "check", "--isolated", "--quiet", *arguments, "."]
