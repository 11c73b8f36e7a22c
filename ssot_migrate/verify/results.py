"""What the plugin wrote down, read back as tests: a test that began and never ended took the process down."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

import msgspec

from ssot_migrate.verify.model import Outcome, Test

_Record = list[object]


class Results(NamedTuple):
    """The tests that pytest told of. ``finished``: it came to its end by itself; ``begun``: it was there."""

    tests: dict[str, Test]
    running: tuple[str, ...]
    foreign: dict[str, str]
    begun: bool
    finished: bool


def read_results(path: Path) -> Results:
    """The results in ``path``; a file that is not there means that no pytest told of anything."""
    if not path.exists():
        return Results({}, (), {}, begun=False, finished=False)
    tests: dict[str, Test] = {}
    running: dict[str, None] = {}
    foreign: dict[str, str] = {}
    done = 0
    for kind, *rest in _records(path):
        if kind == "item":
            tests[str(rest[0])] = _collected(tests.get(str(rest[0]), Test()), rest[1:])
        elif kind == "start":
            running[str(rest[0])] = None
        elif kind == "end":
            running.pop(str(rest[0]), None)
            tests[str(rest[0])] = _ended(tests.get(str(rest[0]), Test()), rest[1:])
        elif kind == "foreign":
            foreign |= msgspec.convert(rest[0], dict[str, str])
        else:
            done += 1
    return Results(tests, tuple(running), foreign, begun=True, finished=done > 0)


def _records(path: Path) -> list[_Record]:
    lines = path.read_bytes().splitlines()
    records = []
    for line in lines:
        try:
            records.append(msgspec.json.decode(line, type=_Record))
        except msgspec.MsgspecError:  # the process was killed while it wrote this line
            continue
    return records


def _collected(test: Test, rest: _Record) -> Test:
    """The test as collected; another worker may have run it by now."""
    markers, fixtures = msgspec.convert(rest, tuple[tuple[str, ...], tuple[str, ...]])
    return msgspec.structs.replace(test, markers=markers, fixtures=fixtures)


def _ended(test: Test, rest: _Record) -> Test:
    outcome, output = msgspec.convert(rest, tuple[str, str])
    known = {each.value: each for each in Outcome}
    return msgspec.structs.replace(test, outcome=known.get(outcome, Outcome.ERROR), output=output)
