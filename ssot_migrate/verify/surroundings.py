"""What a test's result may depend on besides the tree: the interpreter, its packages, the environment."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
from collections.abc import Mapping, Sequence

# Different in every terminal or session, and of no concern to a test.
_PASSING = frozenset(
    {
        *("_", "SHLVL", "PWD", "OLDPWD", "TERM", "COLUMNS", "LINES", "WINDOWID", "TMPDIR", "CI_JOB_ID"),
        *("SSH_CLIENT", "SSH_CONNECTION", "SSH_TTY", "STY", "TMUX", "TMUX_PANE", "PYTEST_CURRENT_TEST"),
        *("PYTEST_XDIST_WORKER", "PYTEST_XDIST_TESTRUNUID"),
    }
)
_ASK = (
    "import sys, importlib.metadata as m; print(sys.version, sys.prefix, "
    "sorted({(d.metadata['Name'] or '', d.version) for d in m.distributions()}))"
)


def surroundings(words: Sequence[str], environment: Mapping[str, str]) -> str:
    """A digest of what the command ``words`` runs under. Services such as databases are not part of it."""
    program = shutil.which(words[0]) or words[0]
    python = program if "python" in os.path.basename(program) else shutil.which("python3") or ""
    kept = sorted((name, value) for name, value in environment.items() if name not in _PASSING)
    parts = (program, repr(kept), _answer(python))
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogateescape")).hexdigest()


def _answer(python: str) -> str:
    """What an interpreter says of itself, with nothing of the repository on its path."""
    try:
        done = subprocess.run(
            [python, "-I", "-c", _ASK], cwd="/", capture_output=True, timeout=60, check=False, text=True
        )
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return ""
    return done.stdout
