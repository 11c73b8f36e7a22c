"""Reports of executed tests: what they say, and whether they speak of the code that was scanned.

A report counts if it names the commit that its tests ran on and nothing that rules read has changed since,
or, where it names none, if its tests began after the commit was made. Only tests in files of the
repository count, so nothing that this program writes can be taken for tests that ran.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, NamedTuple
from xml.parsers import expat

import msgspec

from ssot_migrate.compliance.formats.junit import MARK
from ssot_migrate.errors import UsageError

PASSED, FAILED, SKIPPED = "passed", "failed", "skipped"
_OUTCOMES = {
    "passed": PASSED, "failed": FAILED, "error": FAILED, "skipped": SKIPPED,
    "xfailed": PASSED, "xpassed": PASSED,
}  # fmt: skip
_TAGS = {"failure": FAILED, "error": FAILED, "skipped": SKIPPED}
COMMIT, CHANGED = "commit", "changed"


class Ran(NamedTuple):
    """A report: the outcome of each test by file and name, and what it says of the code they ran on.

    ``changed``: some file differed from ``commit``. ``began`` is in seconds since 1970 (UTC).
    """

    outcomes: Mapping[tuple[str, str], str]
    commit: str = ""
    changed: bool = False
    began: float | None = None

    def counts(self, paths: Iterable[str]) -> Counter[str]:
        """Tests by outcome, of those that stand in one of the repository's files ``paths``."""
        ends: dict[str, list[str]] = {}
        for path in paths:
            ends.setdefault(path.rpartition("/")[2], []).append(f"/{path}")
        ours = {place: _is_ours(place, ends) for place, _ in self.outcomes}
        return Counter(outcome for (place, _), outcome in self.outcomes.items() if ours[place])


def _is_ours(place: str, ends: Mapping[str, Sequence[str]]) -> bool:
    """Whether a path, or the dotted name of a module and classes, stands for a file, seen from any folder."""
    parts = place.split(".")
    dotted = ("/".join(parts[:count]) + ".py" for count in range(len(parts), 0, -1))
    return any(
        path.endswith(f"/{name}")
        for name in (place, *dotted)
        for path in ends.get(name.rpartition("/")[2], ())
    )


def read_report(path: Path) -> Ran:
    """The report in ``path``: the unified runner's JSON, or JUnit XML.

    Raises:
        UsageError: it cannot be read, is neither, or is a report of ours.
    """
    try:
        data = path.read_bytes()
    except OSError as error:
        raise UsageError(f"cannot read the report {path}: {error}", hint="run the tests first") from error
    try:
        return _runner(data) if data.lstrip()[:1] == b"{" else _junit(data)
    except (ValueError, expat.ExpatError, RecursionError) as error:
        hint = "give what the unified runner wrote with --json, or a JUnit report"
        raise UsageError(f"{path} is no report of executed tests: {error}", hint=hint) from error


class _Test(msgspec.Struct, frozen=True):
    outcome: str


class _Json(msgspec.Struct, frozen=True):
    tests: dict[str, _Test]
    commit: str = ""
    changed: bool = False


def _runner(data: bytes) -> Ran:
    report = msgspec.json.decode(data, type=_Json)
    outcomes = {
        (test.partition("::")[0], test): _OUTCOMES.get(found.outcome, FAILED)
        for test, found in report.tests.items()
    }
    return Ran(outcomes, report.commit, report.changed)


class _Handler:
    """Collects test cases, as the parser meets them."""

    def __init__(self) -> None:
        self.outcomes: dict[tuple[str, str], str] = {}
        self.properties: dict[str, str] = {}
        self.began: list[float] = []
        self.case: tuple[str, str] | None = None

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "testcase":
            place = attributes.get("file") or attributes.get("classname", "")
            self.case = place, f"{attributes.get('classname', '')}::{attributes.get('name', '')}"
            self.outcomes[self.case] = PASSED
        elif tag == "property":
            self.properties[attributes.get("name", "")] = attributes.get("value", "")
        elif tag == "testsuite" and (stamp := attributes.get("timestamp")):
            # A time without a zone is taken as one of this machine's.
            self.began.append(datetime.fromisoformat(stamp).timestamp())
        elif self.case and tag in _TAGS:
            self.outcomes[self.case] = _TAGS[tag]

    def end(self, tag: str) -> None:
        if tag == "testcase":
            self.case = None


def _junit(data: bytes) -> Ran:
    handler = _Handler()
    parser = expat.ParserCreate()
    parser.StartElementHandler = handler.start
    parser.EndElementHandler = handler.end
    parser.StartDoctypeDeclHandler = _refuse
    parser.Parse(data, True)
    if MARK in handler.properties:
        raise ValueError("ssot-migrate wrote it, and it tells of no test")
    commit, changed = handler.properties.get(COMMIT, ""), handler.properties.get(CHANGED) == "true"
    return Ran(handler.outcomes, commit, changed, min(handler.began, default=None))


def _refuse(*_: Any) -> None:  # noqa: ANN401
    raise ValueError("it declares a document type, which no report needs")


def refusals(ran: Ran, committed: int, differs: Mapping[str, bool]) -> Iterator[str]:
    """Why ``ran`` proves nothing of the commit scanned, made at ``committed`` (seconds since 1970, UTC).

    ``differs`` says of each commit known whether anything that rules read has changed since.
    """
    if ran.commit:
        if ran.changed:
            yield "its tests ran on files with uncommitted changes"
        elif ran.commit not in differs:
            yield f"it speaks of {ran.commit[:12]}, which is not known here"
        elif differs[ran.commit]:
            yield f"it speaks of {ran.commit[:12]}, and the code has changed since"
    elif ran.began is None:
        yield "it says neither which commit its tests ran on nor when"
    elif ran.began < committed:
        yield "its tests ran before the commit was made"
