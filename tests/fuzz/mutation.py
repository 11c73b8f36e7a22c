"""Real files, and what becomes of them if somebody cuts, doubles and mixes their tokens."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from hypothesis import strategies as st

from ssot_migrate.engine.inventory import kind_by_name

GOLDEN = Path(__file__).parents[1] / "golden"
WORDS = re.compile(rb"\w+|\s+|[^\w\s]")


def seeds(python: bool) -> list[tuple[str, bytes]]:
    """Name and bytes of every golden file of a kind that rules read."""
    files = sorted(path for path in GOLDEN.glob("*/before/**/*") if path.is_file())
    named = [(path.name, path.read_bytes()) for path in files if kind_by_name(path.name)]
    return [(name, data) for name, data in named if name.endswith(".py") == python]


@st.composite
def mutated(draw: st.DrawFn, files: Sequence[tuple[str, bytes]]) -> tuple[str, bytes]:
    """A file with up to eight of its tokens dropped, doubled, or replaced by those of another."""
    name, data = draw(st.sampled_from(files))
    tokens: list[bytes] = WORDS.findall(data)
    others: list[bytes] = WORDS.findall(draw(st.sampled_from(files))[1])
    for _ in range(draw(st.integers(0, 8))):
        place = draw(st.integers(0, max(len(tokens) - 1, 0)))
        start = draw(st.integers(0, max(len(others) - 1, 0)))
        some = others[start : start + draw(st.integers(0, 12))]
        choices: tuple[list[bytes], ...] = ([], some, tokens[place : place + 3] * 2)
        tokens[place : place + draw(st.integers(0, 3))] = choices[draw(st.integers(0, 2))]
    return name, b"".join(tokens)
