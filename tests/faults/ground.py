"""A repository to break things on: real, small, and compared byte for byte with what it was."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

import example

ROOT = Path(__file__).parents[2]
LEGACY = 'import os\n\nVALUE = os.environ["{0}"]\n'
FILES = {
    "app/__init__.py": "",
    "app/a.py": LEGACY.format("A"),
    "app/b.py": LEGACY.format("B"),
    "app/deadly.py": LEGACY.format("DEADLY"),
    "shop/__init__.py": "",
    "shop/c.py": LEGACY.format("C"),
    "notes.txt": "mine\n",
}
OPTIONS = ("--include", "review", "--rule", "direct-env-access", "--jobs", "2")
IDENTITY = ("-c", "user.name=Ada", "-c", "user.email=ada@example.invalid")


class State(NamedTuple):
    """What no run may change: files outside of git, the index, HEAD and all refs that are not ours."""

    files: Mapping[str, bytes]
    staged: bytes
    refs: tuple[str, ...]


class Ground:
    """The repository, the command run on it, and what must hold afterwards."""

    def __init__(self, where: Path, files: Mapping[str, str] | None = None) -> None:
        """Make it at ``where/repo`` and commit ``files``."""
        self.where, self.root = where, where / "repo"
        self.env = example.environment(
            where, PYTHONPATH=os.pathsep.join([str(ROOT), *filter(None, sys.path)])
        )
        self.root.mkdir(parents=True)
        self.git("init", "-q", "-b", "main")
        self.write(FILES if files is None else files)
        self.commit()

    def write(self, files: Mapping[str, str]) -> None:
        """Put files into the working tree."""
        for name, text in files.items():
            (self.root / name).parent.mkdir(parents=True, exist_ok=True)
            (self.root / name).write_text(text)

    def commit(self) -> str:
        """Commit all there is; the commit."""
        self.git("add", "-A")
        self.git(*IDENTITY, "commit", "-q", "--allow-empty", "-m", "base")
        return self.git("rev-parse", "HEAD").strip()

    def git(self, *words: str) -> str:
        """What a git command prints."""
        return example.run(["git", *words], self.root, self.env)

    def run(self, *words: str, deadly: str = "", **env: str) -> subprocess.CompletedProcess[str]:
        """Run the command, with a ``deadly`` point if one is given."""
        program = ["-m", "tests.faults.deadly", *deadly.split(), "--"] if deadly else ["-m", "ssot_migrate"]
        command = [sys.executable, *program, *words]
        return subprocess.run(
            command, cwd=self.root, env=self.env | env, capture_output=True, text=True, check=False
        )

    def apply(self, *words: str, deadly: str = "", **env: str) -> subprocess.CompletedProcess[str]:
        """``ssot-migrate apply`` with everything that there is to change."""
        return self.run("apply", *OPTIONS, *words, deadly=deadly, **env)

    def wrapped(self, command: str, script: str) -> str:
        """A PATH on which ``git COMMAND`` runs a line of shell first."""
        folder = self.where / "bin"
        folder.mkdir(exist_ok=True)
        line = f'case " $* " in *" {command} "*) {script};; esac'
        (folder / "git").write_text(f'#!/bin/sh\n{line}\nexec {shutil.which("git")} "$@"\n')
        (folder / "git").chmod(0o755)
        return f"{folder}:{self.env['PATH']}"

    def branches(self) -> dict[str, str]:
        """Our branches and their trees, by service."""
        lines = self.git("for-each-ref", "--format=%(refname) %(tree)", "refs/heads/ssot").splitlines()
        return {line.split("/")[3]: line.split()[1] for line in lines}

    def reports(self) -> int:
        """How many reports lie where they go by default."""
        return len(list((self.root / ".git/ssot-migrate/reports").rglob("report.md")))

    def state(self) -> State:
        """All that must not change."""
        files = (
            path for path in sorted(self.root.rglob("*")) if ".git" not in path.relative_to(self.root).parts
        )
        plain = {path.relative_to(self.root).as_posix(): path for path in files if path.is_file()}
        refs = self.git("for-each-ref", "--format=%(refname) %(objectname)").splitlines()
        others = [ref for ref in refs if not ref.startswith("refs/heads/ssot/")]
        index = (self.root / ".git/index").read_bytes()
        head = self.git("rev-parse", "HEAD")
        return State({name: path.read_bytes() for name, path in plain.items()}, index, (*others, head))

    def assert_sound(self) -> None:
        """Git finds nothing wrong with the repository."""
        self.git("fsck", "--strict", "--no-dangling")


def said(done: subprocess.CompletedProcess[str]) -> str:
    """How a run ended: its exit code, or the signal that ended it."""
    return f"exit {done.returncode}" if done.returncode >= 0 else "killed"


def plain(text: str) -> str:
    """A message without what differs from machine to machine."""
    return re.sub(r"\b[0-9a-f]{12,64}\b", "…", re.sub(r"(/[\w.+-]+)+/repo", "…", text)).strip()
