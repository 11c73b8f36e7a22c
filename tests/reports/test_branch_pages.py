"""The page for a pull request: what, why, how to go back; cut to fit."""

from __future__ import annotations

import json

import msgspec
import pytest

from ssot_migrate.findings import Problem, State
from ssot_migrate.plans.outcome import StaleFile
from ssot_migrate.reports.json_report import json_report
from ssot_migrate.reports.markdown_report import markdown_report
from ssot_migrate.reports.summary import Rest, Summary
from tests.reports.branches import API, DIFF, FOUNDATION, GROUP, finding, plan_of, summary_of


def test_page_tells_what_why_and_how_to_go_back(summary: Summary) -> None:
    """Everything that a reviewer asks for is on the page."""
    page = markdown_report(summary)
    for part in (
        "3 sites in 2 files",
        "**Stacked on `ssot/foundation/dddd`: merge that branch first.**",
        "| environment (SSOT001) | one environment | 2 | 2 |",
        "| environment | 5 | 1 | 4 |",
        "| environment | `os.getenv → get_env().get` | 3 | 1 |",
        f"```diff\n{DIFF}```",
        "| environment | 4 | 3 changed, 1 comment |",
        "Its tests had not been run",
        "- 2 × `writer has readers elsewhere` (environment, held): `api/a.py:4`, `api/c.py:5`",
        "- `api/a.py` has changed",
        "- `api/broken.py` (parse): `invalid syntax`",
        "git branch -D ssot/api/dddd",
        f"git revert --no-edit {'f' * 12}..{'a' * 12}",
        "- `api/b.py`",
    ):
        assert part in page


def test_page_of_a_clean_branch_says_that_nothing_was_left() -> None:
    """Empty sections are left out, but silence about what was left would be a riddle."""
    page = markdown_report(summary_of(plan_of(), FOUNDATION, Rest({})))
    assert "## What was left, and why\n\nNothing." in page
    assert "Stacked" not in page
    assert "Planned, but not applied" not in page


def test_page_is_cut_to_fit_and_says_what_was_cut(summary: Summary) -> None:
    """The page never exceeds its limit, loses whole lines only, and counts them at its end."""
    many = tuple(Problem(f"api/{'x' * 150}{n}.py", "parse", "no") for n in range(2000))
    long = msgspec.structs.replace(summary, problems=many)
    page = markdown_report(long)
    assert len(page) <= 60_000
    kept = page.count("- `api/xxx")
    closing = page.splitlines()[-1]
    # Each section ends in an empty line, which is cut with it.
    lines = f"{2001 - kept} lines of “Could not be looked at”, 8 lines of “Ledger”"
    assert closing.startswith(f"Cut to fit: 1 example of changes, {lines}")
    assert closing.endswith(". `report.json` has everything.")
    assert len(json.loads(json_report(long))["problems"]) == 2000


@pytest.mark.parametrize("count", [1, 19, 20, 500, 5000])
def test_examples_go_first(summary: Summary, count: int) -> None:
    """The page shows as many examples as there is room for, and says how many it left out."""
    long = GROUP.diff + "".join(f"+line {number} {'x' * 150}\n" for number in range(25))
    groups = tuple(msgspec.structs.replace(GROUP, id=f"{n:012}", diff=long) for n in range(count))
    files = tuple(f"api/{'x' * 100}{n}.py" for n in range(300))
    page = markdown_report(msgspec.structs.replace(summary, groups=groups, files=files))
    assert len(page) <= 60_000
    assert page.count("- `api/xxx") == 60
    assert "- … and 240 more files: `report.json` has all" in page
    shown, left_out = page.count("```diff"), min(count, 20) - page.count("```diff")
    assert shown == 1 if count == 1 else shown > 1
    assert (f"Cut to fit: {left_out} example" in page) == (left_out > 0)
    assert (f"And {3 * (count - 40)} changes of {count - 40} other shapes." in page) == (count > 40)


def words(number: int) -> str:
    """A number as letters: another one is another reason."""
    return str(number).translate(str.maketrans("0123456789", "abcdefghij"))


def test_page_fits_whatever_is_long() -> None:
    """Thousands of reasons, problems and stale files, each of any length, still fit."""
    left = [finding(f"api/{n}.py", n, State.ADVICE, f"{words(n)} {'long ' * 500}") for n in range(3000)]
    owners = {f"api/{n}.py": "api" for n in range(3000)}
    stale = tuple(StaleFile("p" * 4000 + str(n), "r" * 4000) for n in range(300))
    branch = msgspec.structs.replace(API, paths=tuple(each.path for each in stale))
    page = markdown_report(summary_of(plan_of(*left), branch, Rest(owners, stale)))
    assert len(page) <= 60_000
    assert "- … and 2940 more reasons" in page
    assert "lines of “Planned, but not applied”" in page.splitlines()[-1]
    assert "How to roll back" in page
