"""The review page in a real browser: decide, filter, find one's way, and never run what it shows."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_selenium_python import Axe  # type: ignore[import-untyped]
from selenium.webdriver import Chrome
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import WebDriverWait

from ssot_migrate.decisions import Ruling, load
from ssot_migrate.model import State
from ssot_migrate.workflow import Request, make_plan

pytestmark = pytest.mark.heavy


@pytest.fixture
def address(hostile: Path) -> Iterator[str]:
    """The address of the page that ``review`` serves for the hostile repository."""
    command = [sys.executable, "-m", "ssot_migrate", "review", str(hostile), "--no-open"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        yield process.stdout.readline().split()[-1]
        process.terminate()


def opened(browser: Chrome, address: str) -> None:
    """Open a page and wait until it is ready."""
    browser.get("about:blank")
    browser.get(address)
    WebDriverWait(browser, 30).until(
        lambda b: b.execute_script("return document.documentElement.dataset.ready") == "1"
    )


def press(browser: Chrome, *keys: str) -> None:
    """Type keys where the focus is."""
    for key in keys:
        browser.switch_to.active_element.send_keys(key)


def until(browser: Chrome, script: str) -> None:
    """Wait until an expression holds in the page."""
    WebDriverWait(browser, 20).until(lambda b: b.execute_script(f"return {script}"))


def test_decisions_reach_the_file_and_the_plan(browser: Chrome, address: str, hostile: Path) -> None:
    """What is accepted and rejected by keyboard is written at once, and a plan obeys it."""
    opened(browser, address)
    browser.find_element(By.ID, "tab-changes").click()
    browser.execute_script("filters.st = 'held'; refresh()")
    press(browser, Keys.ENTER, "j", "a", "r")
    until(browser, "document.getElementById('saved').textContent.startsWith('2 decisions saved')")

    decisions = load(hostile / "ssot-decisions.txt")
    assert sorted(d.ruling.value for d in decisions) == ["accept", "reject"]
    plan = make_plan(Request(path=str(hostile), decisions=decisions), lambda *_: None)
    states = {finding.fingerprint: finding.state for finding in plan.findings}
    wanted = {Ruling.ACCEPT: State.CHANGED, Ruling.REJECT: State.REJECTED}
    assert all(states[d.fingerprint] is wanted[d.ruling] for d in decisions)

    opened(browser, address)
    press(browser, "?")
    assert browser.execute_script("return document.getElementById('help').open")


def test_whole_groups_filters_and_links(browser: Chrome, address: str, hostile: Path) -> None:
    """A group is decided as one; filters and search narrow the list; a link leads to one change."""
    opened(browser, address)
    browser.find_element(By.ID, "tab-changes").click()
    size = browser.execute_script("return view.rows[0].members.length")
    press(browser, "a")
    until(browser, f"document.getElementById('saved').textContent.startsWith('{size} decisions')")
    assert len(load(hostile / "ssot-decisions.txt")) == size

    search = browser.find_element(By.ID, "q")
    search.send_keys("read_7")
    assert browser.execute_script(
        "return view.rows.every(r => r.members.every(m => data.findings[m].text.includes('read_7')))"
    )
    fingerprint = browser.execute_script("return data.findings[view.rows[0].members[0]].f")
    opened(browser, f"{address}#change/{fingerprint}")
    assert browser.execute_script("return data.findings[view.rows[view.at].member].f") == fingerprint
    assert "read_7" in browser.find_element(By.ID, "detail").text


def test_nothing_foreign_is_markup(browser: Chrome, address: str) -> None:
    """No name, string or reason of the repository becomes an element, and secrets are dots."""
    opened(browser, address)
    browser.find_element(By.ID, "tab-changes").click()
    browser.execute_script("view.rows.map(r => r.group.id).forEach(id => view.open.add(id)); refresh()")
    for step in range(0, browser.execute_script("return view.rows.length"), 3):
        browser.execute_script(f"select({step})")
    assert (
        browser.execute_script("return document.querySelectorAll('main img, main svg[onload]').length") == 0
    )
    assert "pwned" not in browser.title
    assert "correct-horse" not in browser.page_source
    assert "<svg onload" in browser.find_element(By.ID, "list").text


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_page_is_accessible(browser: Chrome, address: str, theme: str) -> None:
    """axe finds no violation in either view and theme."""
    opened(browser, address)
    browser.execute_script(f"theme('{theme}')")
    axe = Axe(browser)
    axe.inject()
    for tab in ("tab-summary", "tab-changes"):
        browser.find_element(By.ID, tab).click()
        if tab == "tab-changes":
            press(browser, Keys.ENTER, "j")
        found = axe.run()["violations"]
        assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found] == []


def test_strangers_are_turned_away(address: str, hostile: Path) -> None:
    """Without the token, or under a foreign host name, nothing is read and nothing is written."""
    from urllib.error import HTTPError
    from urllib.request import Request as Call
    from urllib.request import urlopen

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


def test_twenty_thousand_changes(browser: Chrome, tmp_path: Path) -> None:
    """Of 20,000 changes the document holds only the rows in sight; times are told, not asserted."""
    root = tmp_path / "repo"
    root.mkdir()
    for number in range(100):
        reads = "".join(f"def f{n}():\n    return os.environ.get('K{n}')\n\n\n" for n in range(200))
        (root / f"m{number}.py").write_text(f"import os\n\n\n{reads}")
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "base"]):
        subprocess.run(["git", "-C", str(root), *command], check=True)
    page = tmp_path / "page.html"
    started = time.perf_counter()
    command = [sys.executable, "-m", "ssot_migrate", "review", str(root), "--html", str(page)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    made = time.perf_counter()
    opened(browser, page.as_uri())
    ready = time.perf_counter()
    browser.find_element(By.ID, "tab-changes").click()
    press(browser, Keys.ENTER)
    moved = browser.execute_script(
        "const t = performance.now(); for (let i = 0; i < 200; i++) select(i * 90);"
        "document.body.offsetHeight; return (performance.now() - t) / 200"
    )
    filtered = browser.execute_script(
        "const t = performance.now(); filters.q = 'm77'; refresh(); return performance.now() - t"
    )
    print(
        f"\n20,000 changes: page {page.stat().st_size / 1e6:.1f} MB made in {made - started:.1f} s, "
        f"opened in {ready - made:.1f} s; {moved:.1f} ms a move, {filtered:.0f} ms a filter"
    )
    browser.execute_script("filters.q = ''; refresh()")
    assert browser.execute_script("return view.rows.filter(r => r.member !== undefined).length") == 20_000
    assert browser.execute_script("return document.querySelectorAll('#space .row').length") < 60
