"""Text of a repository stays text on a report's page."""

from __future__ import annotations

import re

import msgspec
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from ssot_migrate.findings import Problem
from ssot_migrate.plans.model import Tally
from ssot_migrate.plans.outcome import StaleFile
from ssot_migrate.reports.escaping import code, prose
from ssot_migrate.reports.markdown_report import markdown_report
from ssot_migrate.reports.summary import Summary
from ssot_migrate.verify.model import Difference, SetAside, Verification
from tests.reports.branches import GROUP

HOSTILE = "x`y`` <img src=x onerror=alert(1)> | [a](http://b) **c** _d_ @team #1 \n# heading \u202e \\"
EVIL = f"-{HOSTILE}\n+``` `````` {HOSTILE}\n+```\n+# heading\n"


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
