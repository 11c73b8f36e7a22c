"""Repositories as ``init`` meets them."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from pathlib import Path

from ssot_migrate.runtime.manifest import MANIFEST, digest, parse_manifest, render_manifest

Init = Callable[..., subprocess.CompletedProcess[str]]

SECRETS = "shared/secret_loader.py"
RUNNER = "tests/unified_test_runner.py"


def git(root: Path, *arguments: str) -> str:
    """Run git in ``root``."""
    command = ["git", "-C", str(root), *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout


def state(root: Path) -> dict[str, bytes]:
    """Every file but git's own."""
    files = (path for path in root.rglob("*") if path.is_file() and ".git" not in path.parts)
    return {path.relative_to(root).as_posix(): path.read_bytes() for path in files}


def make_older(repo: Path, path: str, text: str = "older\n") -> None:
    """Let ``path`` be what an earlier release shipped."""
    (repo / path).write_text(text)
    known = parse_manifest((repo / MANIFEST).read_bytes())
    (repo / MANIFEST).write_bytes(render_manifest({**known, path: digest(text.encode())}))
