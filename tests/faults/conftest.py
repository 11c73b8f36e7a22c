"""A fresh ground for every fault, and the table of ``docs/reliability.md`` that the tests write."""

from __future__ import annotations

import fcntl
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.faults.ground import ROOT, Ground

PAGE = ROOT / "docs/reliability.md"
BEGIN, END = "<!-- written by tests/faults, with --update-golden -->\n", "<!-- end of faults -->\n"
Record = Callable[..., None]


@pytest.fixture
def ground(tmp_path: Path) -> Ground:
    """A repository with two services and five legacy files."""
    return Ground(tmp_path)


@pytest.fixture
def record(request: pytest.FixtureRequest) -> Record:
    """State the outcome of a fault: the table says so, or is told with ``--update-golden``."""

    def row(fault: str, first: str, left: str, second: str) -> None:
        line = f"| {fault} | {first} | {left} | {second} |\n"
        if request.config.getoption("--update-golden"):
            _update(f"| {fault} |", line)
        assert line in PAGE.read_text("utf-8").splitlines(keepends=True)

    return row


def _update(key: str, line: str) -> None:
    with PAGE.open("r+", encoding="utf-8") as stream:
        fcntl.flock(stream, fcntl.LOCK_EX)
        before, rest = stream.read().split(BEGIN)
        table, after = rest.split(END)
        head, rows = table.splitlines(keepends=True)[:3], table.splitlines(keepends=True)[3:]
        kept = [row for row in rows if row.strip() and not row.startswith(key)]
        stream.seek(0)
        stream.truncate()
        stream.write(before + BEGIN + "".join([*head, *sorted([*kept, line])]) + "\n" + END + after)
