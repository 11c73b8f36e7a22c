"""The reports of a branch tell all, fit where they go, and cannot be abused by what they quote."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import validate
from markdown_it import MarkdownIt

from ssot_migrate.edits import Span
from ssot_migrate.errors import Refused, UsageError
from ssot_migrate.findings import Finding, Problem, State
from ssot_migrate.model import Safety
from ssot_migrate.plans.model import SCHEMA, FilePlan, Plan, RuleRef, Score, Step, Tally
from ssot_migrate.plans.outcome import Branch, StaleFile
from ssot_migrate.reports.escaping import code, prose
from ssot_migrate.reports.folder import default_folder, write_reports
from ssot_migrate.reports.json_report import json_report, json_schema
from ssot_migrate.reports.markdown_report import markdown_report
from ssot_migrate.reports.summarising import part_of, summarise
from ssot_migrate.reports.summary import ChangeGroup, Rest, Summary
from ssot_migrate.verify.model import Difference, SetAside, Verification

HOSTILE = "x`y`` <img src=x onerror=alert(1)> | [a](http://b) **c** _d_ @team #1 \n# heading \u202e \\"
EVIL = f"-{HOSTILE}\n+``` `````` {HOSTILE}\n+```\n+# heading\n"
RULES = (RuleRef("SSOT001", "environment", "one environment"), RuleRef("SSOT002", "mocks", "one factory"))
FOUNDATION = Branch("foundation", "refs/heads/ssot/foundation/dddd", "f" * 40, "b" * 40, ("shared/env.py",))
API = Branch("api", "refs/heads/ssot/api/dddd", "a" * 40, "f" * 40, ("api/a.py", "api/b.py"))

DIFF = "@@ -1,1 +1,1 @@\n-a = os.getenv(KEY)\n+a = get_env().get(KEY)\n"
GROUP = ChangeGroup(
    "c" * 12, "environment", "read", "os.getenv → get_env().get", 3, 1, "api/a.py:1", "why", DIFF
)
LEDGER = (Tally("environment", 4, {"changed": 3, "comment": 1}), Tally("mocks", 0, {}))


def finding(path: str, line: int, state: State, message: str = "", rule: str = "environment") -> Finding:
    """A finding, of which the reports show rule, place, state and message."""
    return Finding(rule, "read", path, Span(0, 1), line, "", message, state, Safety.SAFE, f"{path}{line}")


def plan_of(*findings: Finding) -> Plan:
    """A plan with two changed files of ``api`` and one of ``web``."""
    step = (Step("environment", "c" * 40),)
    files = (
        FilePlan("api/a.py", "api", "", step, ()),
        FilePlan("api/b.py", "api", "", (*step, Step("mocks", "c" * 40)), ()),
        FilePlan("web/w.py", "web", "", step, ()),
    )
    scores = (Score("api", "environment", 5, 1, 4), Score("web", "environment", 9, 9, 9))
    problems = (Problem("api/broken.py", "parse", "invalid syntax"), Problem("web/broken.py", "parse", "too"))
    services = ("api", "web")
    return Plan(
        SCHEMA,
        "0.1.0",
        "b" * 40,
        "bundled",
        RULES,
        services,
        files,
        findings,
        problems,
        LEDGER,
        scores,
        digest="d" * 64,
    )


@pytest.fixture
def summary() -> Summary:
    """The branch of ``api``: three sites changed, three left for two reasons."""
    plan = plan_of(
        finding("api/a.py", 1, State.CHANGED),
        finding("api/b.py", 2, State.CHANGED),
        finding("api/b.py", 3, State.CHANGED, rule="mocks"),
        finding("api/a.py", 4, State.HELD, "writer has readers elsewhere"),
        finding("api/c.py", 5, State.HELD, "writer has readers elsewhere"),
        finding("api/c.py", 6, State.ADVICE, "dynamic key"),
        finding("web/w.py", 7, State.ADVICE, "not ours"),
    )
    owners = {"api/c.py": "api", "api/broken.py": "api", "web/w.py": "web", "web/broken.py": "web"}
    stale = (StaleFile("api/a.py", "has changed"), StaleFile("web/w.py", "has changed"))
    return summary_of(plan, API, Rest(owners, stale, (FOUNDATION, API), groups=(GROUP,)))


def summary_of(plan: Plan, branch: Branch, rest: Rest) -> Summary:
    """The summary of what a plan says of one branch."""
    return summarise(part_of(plan, branch, rest), branch, rest)


def test_summary_counts_what_is_the_branchs_own(summary: Summary) -> None:
    """Rules, left sites, scores, problems and stale files are those of the branch's service."""
    assert [(rule.slug, rule.files, rule.sites) for rule in summary.rules] == [
        ("environment", 2, 2),
        ("mocks", 1, 1),
    ]
    assert [(group.reason, group.state, group.count, group.examples) for group in summary.left] == [
        ("writer has readers elsewhere", "held", 2, ("api/a.py:4", "api/c.py:5")),
        ("dynamic key", "advice", 1, ("api/c.py:6",)),
    ]
    assert [score.service for score in summary.scores] == ["api"]
    assert [problem.path for problem in summary.problems] == ["api/broken.py"]
    assert [stale.path for stale in summary.stale] == ["api/a.py"]


def test_summary_names_the_branch_below(summary: Summary) -> None:
    """A branch on the foundation says so, one on the base does not."""
    assert summary.stacked_on == "ssot/foundation/dddd"
    below = summary_of(plan_of(), FOUNDATION, Rest({}, (), (FOUNDATION, API)))
    assert below.stacked_on == ""


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


TAGS = ("<h1", "<h2", "<p", "<table", "<td", "<strong", "<ul")


def rendered(page: str) -> str:
    """The page as HTML, by a CommonMark renderer with tables, raw HTML allowed."""
    return str(MarkdownIt("commonmark", {"html": True}).enable("table").render(page))


def proof(text: str) -> Verification:
    """A verdict that says ``text`` wherever it can."""
    worse = Difference(text, text, text, text, text)
    aside = SetAside("0" * 16, text, text, 1, text, text)
    names = (text,)
    return Verification(
        text, "0" * 40, "0" * 40, text, True, None, 1, 1,
        (worse,), (worse,), names, names, names, names, (aside,),
    )  # fmt: skip


def test_hostile_text_neither_formats_nor_calls(summary: Summary) -> None:
    """Names and messages of a repository stay text: no element, no link, no mention, no heading."""
    hostile = msgspec.structs.replace(
        summary,
        service=HOSTILE,
        tool=HOSTILE,
        profile=HOSTILE,
        rules=tuple(msgspec.structs.replace(r, summary=HOSTILE, slug=HOSTILE) for r in summary.rules),
        left=tuple(
            msgspec.structs.replace(g, reason=HOSTILE, rule=HOSTILE, examples=(HOSTILE,))
            for g in summary.left
        ),
        stale=(StaleFile(HOSTILE, HOSTILE),),
        problems=(Problem(HOSTILE, HOSTILE, HOSTILE),),
        files=(HOSTILE,),
        groups=(
            msgspec.structs.replace(
                GROUP, rule=HOSTILE, shape=HOSTILE, place=HOSTILE, why=HOSTILE, diff=EVIL
            ),
        ),
        ledger=(Tally(HOSTILE, 1, {HOSTILE: 1}),),
        verification=proof(HOSTILE),
    )
    summary = msgspec.structs.replace(summary, verification=proof("plain"))
    plain, html = rendered(markdown_report(summary)), rendered(markdown_report(hostile))
    assert set(re.findall(r"<[a-z0-9]+", html)) <= set(re.findall(r"<[a-z0-9]+", plain))
    assert {tag: html.count(tag) for tag in TAGS} == {tag: plain.count(tag) for tag in TAGS}
    outside_code = re.sub(r"<code[^>]*>.*?</code>", "", html, flags=re.DOTALL)
    assert not re.search(r"[@#]\w", outside_code)
    assert "\u202e" not in html


@given(st.text())
def test_any_text_survives_in_code(text: str) -> None:
    """A code span holds the text, with what cannot be printed spelled out, and nothing leaks out of it."""
    html = rendered(f"a {code(text)} b")
    assert re.fullmatch(r"<p>a <code>[^<]*</code> b</p>\n", html)


@given(st.text())
def test_any_prose_is_one_table_cell(text: str) -> None:
    """Foreign words in a cell are one cell without any element."""
    html = rendered(f"| a | b |\n|---|---|\n| x{prose(text)} | y |\n")
    assert html.count("<td>") == 2
    assert re.search(r"<td>x[^<]*</td>\n<td>y</td>", html)


def test_json_has_every_field_always(summary: Summary) -> None:
    """Programs can rely on each documented field, empty or not."""
    bare = summary_of(plan_of(), FOUNDATION, Rest({}))
    for each in (summary, bare):
        assert list(json.loads(json_report(each))) == list(Summary.__struct_fields__)
        validate(json.loads(json_report(each)), json.loads(json_schema()))
    assert msgspec.json.decode(json_report(summary), type=Summary) == summary


@pytest.fixture
def diff(tmp_path: Path) -> bytes:
    """A real diff: text without a final newline, CRLF, a new binary file, a mode."""
    repository = tmp_path / "repository"
    repository.mkdir()
    run(repository, "init", "--quiet")
    (repository / "a b.py").write_bytes(b"old\r\nend")
    (repository / "run.sh").write_bytes(b"x\n")
    run(repository, "add", "--all")
    run(repository, "commit", "--quiet", "-m", "base")
    (repository / "a b.py").write_bytes(b"new\r\nend")
    (repository / "data.bin").write_bytes(bytes(range(256)))
    run(repository, "add", "--all")
    return run(repository, "diff", "--cached", "--binary", "HEAD")


def run(repository: Path, *arguments: str) -> bytes:
    """The output of a git command."""
    return subprocess.run(["git", *arguments], cwd=repository, stdout=subprocess.PIPE, check=True).stdout


def test_patch_applies(summary: Summary, diff: bytes, tmp_path: Path) -> None:
    """``git apply`` takes the patch as it lies there and gives the branch's files."""
    own = write_reports(tmp_path / "reports", summary, diff, "page")
    repository = tmp_path / "repository"
    run(repository, "reset", "--quiet", "--hard")
    run(repository, "apply", "--index", str(own / "changes.patch"))
    assert (repository / "a b.py").read_bytes() == b"new\r\nend"
    assert (repository / "data.bin").read_bytes() == bytes(range(256))
    assert b"# plan " + b"d" * 64 in (own / "changes.patch").read_bytes()


def test_reports_lie_in_a_folder_per_branch(summary: Summary, tmp_path: Path) -> None:
    """Four files per branch, replaced by the next run, nothing temporary beside them."""
    folder = default_folder(tmp_path / ".git", "d" * 64)
    assert folder == tmp_path / ".git/ssot-migrate/reports/dddddddddddd"
    for _ in range(2):
        own = write_reports(folder, summary, b"", "page")
    assert own == folder / "api"
    assert sorted(path.name for path in own.iterdir()) == [
        "changes.patch",
        "report.html",
        "report.json",
        "report.md",
    ]


def test_reports_are_not_written_through_links(summary: Summary, tmp_path: Path) -> None:
    """A link where the folder should be is refused; one where a file should be is replaced."""
    (tmp_path / "outside").mkdir()
    (tmp_path / "reports").mkdir()
    (tmp_path / "reports/api").symlink_to(tmp_path / "outside")
    with pytest.raises(Refused):
        write_reports(tmp_path / "reports", summary, b"", "page")
    (tmp_path / "reports/api").unlink()
    (tmp_path / "reports/api").mkdir()
    (tmp_path / "reports/api/report.md").symlink_to(tmp_path / "outside/precious")
    write_reports(tmp_path / "reports", summary, b"", "page")
    assert list((tmp_path / "outside").iterdir()) == []


def test_a_file_in_the_way_is_a_usage_error(summary: Summary, tmp_path: Path) -> None:
    """Reports that cannot be written are told in one line."""
    (tmp_path / "reports").touch()
    with pytest.raises(UsageError, match="cannot write reports"):
        write_reports(tmp_path / "reports", summary, b"", "page")
