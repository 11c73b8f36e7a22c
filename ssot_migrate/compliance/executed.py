"""Reports of executed tests as they are written: the unified runner's JSON, and JUnit XML."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Any
from xml.parsers import expat

import msgspec

from ssot_migrate.compliance.evidence import Ran
from ssot_migrate.compliance.formats.junit import MARK
from ssot_migrate.errors import UsageError

PASSED, FAILED, SKIPPED = "passed", "failed", "skipped"
_OUTCOMES = {
    "passed": PASSED, "failed": FAILED, "error": FAILED, "skipped": SKIPPED,
    "xfailed": PASSED, "xpassed": PASSED,
}  # fmt: skip
_TAGS = {"failure": FAILED, "error": FAILED, "skipped": SKIPPED}
COMMIT, CHANGED = "commit", "changed"


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
