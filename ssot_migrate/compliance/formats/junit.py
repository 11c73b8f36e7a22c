"""A check as JUnit XML: a suite for each service, a case for each rule that has sites there."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from xml.etree import ElementTree

from ssot_migrate.compliance.formats.sentences import verdict, what, what_line
from ssot_migrate.compliance.model import CheckReport, Violation
from ssot_migrate.reports.counted import counted

MARK = "ssot-migrate"
"""The property by which a report of ours is known, so that no check takes it for tests that ran."""
_BASELINE = "baseline"


def junit(report: CheckReport) -> str:
    """The report; a case fails with a line for each violation that is not accepted."""
    root = ElementTree.Element("testsuites", name="ssot-migrate check")
    for service, cases in _suites(report).items():
        _suite(root, service, cases)
    ElementTree.indent(root)
    text: str = ElementTree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{text}\n'


def _suites(report: CheckReport) -> dict[str, dict[str, list[str]]]:
    suites: dict[str, dict[str, list[str]]] = {}
    for score in report.scores:
        suites.setdefault(score.service, {})[score.rule] = []
    for violation in report.failing:
        finding = violation.finding
        cases = suites.setdefault(finding.service, {})
        cases.setdefault(finding.rule, []).append(_place(violation))
    if report.fixed:
        suites[_BASELINE] = {"lines": [f"{line.key.path}: {what_line(line)}" for line in report.fixed]}
    return suites or {verdict(report): {}}


def _place(violation: Violation) -> str:
    return f"{violation.finding.path}:{violation.finding.line}: {what(violation)}"


def _suite(root: ElementTree.Element, service: str, cases: dict[str, list[str]]) -> None:
    failed = sum(map(bool, cases.values()))
    counts = {"name": _legal(service), "tests": str(len(cases)), "failures": str(failed), "errors": "0"}
    suite = ElementTree.SubElement(root, "testsuite", counts)
    properties = ElementTree.SubElement(suite, "properties")
    ElementTree.SubElement(properties, "property", name=MARK, value="check")
    for rule, lines in sorted(cases.items()):
        case = ElementTree.SubElement(suite, "testcase", classname=_legal(service), name=rule, time="0")
        if lines:
            failure = ElementTree.SubElement(case, "failure", message=counted(len(lines), "violation"))
            failure.text = "\n".join(_legal_lines(lines))


def _legal_lines(lines: Iterable[str]) -> Iterator[str]:
    return (_legal(line.replace("\n", " ")) for line in lines)


def _legal(text: str) -> str:
    """``text`` with what XML cannot hold written as an escape."""
    return "".join(char if char.isprintable() else ascii(char)[1:-1] for char in text)
