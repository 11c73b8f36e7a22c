"""What ``batch`` says, executed on a small fleet; ids that differ with every version are shown as dots."""

from __future__ import annotations

import re
import tempfile
from pathlib import Path

from yard import CLEAN, LEGACY, Yard

_IDS = re.compile(r"\b[0-9a-f]{12,40}\b")
_COMMANDS = (("plan",), ("push", "--dry-run"), ("push",), ("push",))


def fleet_tour() -> str:
    """A plan, a dry run, a push and another one."""
    with tempfile.TemporaryDirectory() as folder:
        yard = Yard(Path(folder))
        yard.repository("legacy", LEGACY)
        yard.repository("clean", CLEAN)
        yard.fleet()
        shown = [line for words in _COMMANDS for line in _session(yard, words)]
    return "\n".join(("```console", *shown, "```"))


def _session(yard: Yard, words: tuple[str, ...]) -> list[str]:
    done = yard.batch(*words)
    lines = _IDS.sub("…", done.stdout).splitlines()
    return [f"$ ssot-migrate batch fleet.toml {' '.join(words)}", *lines]
