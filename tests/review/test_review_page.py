"""The review page in a real browser: decide, never run what it shows, and stay quick with many changes."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request as Call
from urllib.request import urlopen

import pytest
from axe_selenium_python import Axe  # type: ignore[import-untyped]
from selenium.webdriver.common.keys import Keys

from browsing import Page
from ssot_migrate.decisions import Ruling
from ssot_migrate.decisions.file import load
from ssot_migrate.findings import State
from ssot_migrate.workflow import Request, make_plan

pytestmark = pytest.mark.heavy


def test_decisions_reach_the_file_and_the_plan(page: Page, address: str, hostile: Path) -> None:
    """What is accepted and rejected by keyboard is written at once, and a plan obeys it."""
    page.open(f"{address}#find/st=held")
    page.press(Keys.ENTER, "j", "a", "r")
    page.until("document.getElementById('saved').textContent.startsWith('2 decisions saved')")

    decisions = load(hostile / "ssot-decisions.txt")
    assert sorted(d.ruling.value for d in decisions) == ["accept", "reject"]
    plan = make_plan(Request(path=str(hostile), decisions=decisions), lambda *_: None)
    states = {finding.fingerprint: finding.state for finding in plan.findings}
    wanted = {Ruling.ACCEPT: State.CHANGED, Ruling.REJECT: State.REJECTED}
    assert all(states[d.fingerprint] is wanted[d.ruling] for d in decisions)


def test_a_group_is_decided_as_one(page: Page, address: str, hostile: Path) -> None:
    """A group's decision leaves those made one by one; the last one can be undone."""
    page.open(f"{address}#find/st=held")
    page.press(Keys.ENTER, "j", "r", "k", "k")
    size = page.run("view.rows[0].members.length")
    assert page.run("view.at") == 0
    page.press("a")
    page.until(f"document.getElementById('saved').textContent.startsWith('{size} decisions')")
    rulings = [d.ruling for d in load(hostile / "ssot-decisions.txt")]
    assert (rulings.count(Ruling.ACCEPT), rulings.count(Ruling.REJECT)) == (size - 1, 1)

    page.press("z")
    page.until("document.getElementById('saved').textContent.startsWith('1 decision saved')")
    assert [d.ruling for d in load(hostile / "ssot-decisions.txt")] == [Ruling.REJECT]


def test_nothing_foreign_is_markup(page: Page, address: str) -> None:
    """No name, string or reason of the repository becomes an element, and secrets are dots."""
    page.open(address)
    page.click("tab-changes")
    page.run("(view.rows.map(r => r.group.id).forEach(id => view.open.add(id)), refresh())")
    for step in range(0, page.run("view.rows.length"), 3):
        page.run(f"select({step})")
    page.run("fillPrint()")
    assert page.run("document.querySelectorAll('main img, main svg[onload]').length") == 0
    assert "pwned" not in page.browser.title
    assert "correct-horse" not in page.browser.page_source
    assert "<svg onload" in page.text("list")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_page_is_accessible(page: Page, address: str, theme: str) -> None:
    """axe finds no violation in either view and theme."""
    page.open(address)
    page.run(f"theme('{theme}')")
    axe = Axe(page.browser)
    axe.inject()
    for tab in ("tab-summary", "tab-changes"):
        page.click(tab)
        if tab == "tab-changes":
            page.press(Keys.ENTER, "j")
        found = axe.run()["violations"]
        assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found] == []


def test_strangers_are_turned_away(address: str, hostile: Path) -> None:
    """Without the token, or under a foreign host name, nothing is read and nothing is written."""
    root = re.sub(r"[^/]+/$", "", address)
    calls = (
        Call(root),
        Call(f"{root}decisions", b"{}", method="POST"),
        Call(address, headers={"Host": "evil.example:80"}),
    )
    for call in calls:
        with pytest.raises(HTTPError) as caught:
            urlopen(call)
        assert caught.value.code == 403
        caught.value.close()
    assert not (hostile / "ssot-decisions.txt").exists()


def test_twenty_thousand_changes(page: Page, tmp_path: Path) -> None:
    """Of 20,000 changes the document holds only the rows in sight; times are told, not asserted."""
    root, file = tmp_path / "repo", tmp_path / "page.html"
    root.mkdir()
    for number in range(100):
        reads = "".join(f"def f{n}():\n    return os.environ.get('K{n}')\n\n\n" for n in range(200))
        (root / f"m{number}.py").write_text(f"import os\n\n\n{reads}")
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "base"]):
        subprocess.run(["git", "-C", str(root), *command], check=True)
    started = time.perf_counter()
    command = [sys.executable, "-m", "ssot_migrate", "review", str(root), "--html", str(file)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    made = time.perf_counter()
    page.open(file.as_uri())
    ready = time.perf_counter()
    page.click("tab-changes")
    page.press(Keys.ENTER)
    moved = page.run(
        "(() => { const t = performance.now(); for (let i = 0; i < 200; i++) select(i * 90);"
        "document.body.offsetHeight; return (performance.now() - t) / 200 })()"
    )
    filtered = page.run(
        "(() => { const t = performance.now(); filters.q = 'm77'; refresh();return performance.now() - t })()"
    )
    print(
        f"\n20,000 changes: page {file.stat().st_size / 1e6:.1f} MB made in {made - started:.1f} s, "
        f"opened in {ready - made:.1f} s; {moved:.1f} ms a move, {filtered:.0f} ms a filter"
    )
    page.run("(filters.q = '', refresh())")
    assert page.run("view.rows.filter(r => r.member !== undefined).length") == 20_000
    assert page.run("document.querySelectorAll('#space .row').length") < 60
