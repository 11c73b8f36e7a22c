"""What a run of ``check`` left: its report, and the lines of its baseline."""

from __future__ import annotations

import json
import subprocess
from typing import Any

from tests.compliance.conftest import Repo

BASELINE = ("--baseline", "ssot-baseline.txt")


def report(done: subprocess.CompletedProcess[str]) -> dict[str, Any]:
    """The JSON that a run printed."""
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def lines(repo: Repo) -> list[str]:
    """The lines of the baseline that are no comments."""
    text = (repo.root / "ssot-baseline.txt").read_text()
    return [line for line in text.splitlines() if not line.startswith("#")]


ACCEPT = (*BASELINE, "--accept", "debt from before")
