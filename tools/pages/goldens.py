"""Before and after of a rule, chosen from its golden folder: what the tests compare, readers see."""

from __future__ import annotations

import difflib
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[2]
GOLDEN = ROOT / "tests" / "golden"
LONGEST = 40
_PER_STATE = 3


class Example(NamedTuple):
    """A golden file that the rule changes: its path, the changed lines and their surroundings."""

    path: str
    diff: str

    @property
    def length(self) -> int:
        """Lines of the diff."""
        return self.diff.count("\n")


def folder(slug: str) -> Path:
    """The golden folder of a rule."""
    return GOLDEN / slug.replace("-", "_")


def examples(slug: str, most: int) -> list[Example]:
    """The ``most`` examples that show most in at most ``LONGEST`` lines, in order of their paths."""
    fitting = [found for found in _changed(folder(slug)) if found.length <= LONGEST]
    richest = sorted(fitting, key=lambda found: (-found.length, found.path))[:most]
    return sorted(richest)


def _changed(golden: Path) -> Iterator[Example]:
    """Every file that becomes another one and that a page can show."""
    for before in sorted((golden / "before").rglob("*")):
        path = before.relative_to(golden / "before").as_posix()
        after = golden / "after" / path
        if before.is_file() and after.is_file() and before.read_bytes() != after.read_bytes():
            texts = _shown(before), _shown(after)
            if all(texts):
                yield Example(path, _diff(*texts))


def _shown(path: Path) -> str:
    """The text of a file; empty if it is no plain UTF-8 with plain line ends."""
    data = path.read_bytes()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        return ""
    return "" if "\r" in text or "\ufeff" in text or "\f" in text else text


def _diff(before: str, after: str) -> str:
    hunks = difflib.unified_diff(before.splitlines(), after.splitlines(), n=2, lineterm="")
    return "\n".join(line.rstrip() for line in list(hunks)[2:]) + "\n"


def findings(slug: str) -> list[str]:
    """The first findings of each state, as ``plan --format lines`` prints them for the golden folder."""
    kept: dict[str, list[str]] = {}
    for line in (folder(slug) / "findings.txt").read_text("utf-8").splitlines():
        parts = line.split(": ", 3)
        if len(parts) == 4:
            kept.setdefault(parts[2], []).append(line)
    return [line for lines in kept.values() for line in _varied(lines)]


def _varied(lines: list[str]) -> list[str]:
    """The first lines, each with a message of its own."""
    by_message = {line.split(": ", 3)[3]: line for line in reversed(lines)}
    return sorted(by_message.values(), key=lines.index)[:_PER_STATE]
