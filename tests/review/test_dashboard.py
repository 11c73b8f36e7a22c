"""The dashboard of a fleet in a real browser: it shows, narrows, turns dark, and runs nothing foreign."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from axe_selenium_python import Axe  # type: ignore[import-untyped]
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys

from browsing import Page
from yard import CLEAN, LEGACY, Yard

pytestmark = pytest.mark.heavy
EVIL = "<img src=x onerror=document.title='pwned'>"
STATES = ("failed", "held", "done", "nothing to do")


@pytest.fixture(scope="module")
def dashboard(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The page of a fleet that was pushed; one repository's name is markup, one has no commit."""
    yard = Yard(tmp_path_factory.mktemp("fleet"))
    yard.repository(EVIL, LEGACY)
    yard.repository("clean", CLEAN)
    yard.git(".", "init", "-q", str(yard.root / "repos" / "broken"))
    yard.fleet()
    yard.batch("push")
    link = "https://git.example.invalid/one/pull/7"
    with sqlite3.connect(yard.root / ".ssot-fleet/fleet.sqlite") as database:
        database.execute("INSERT INTO adoption SELECT unit, service, day - 3, sites, 0, 1 FROM adoption")
        held = f"UPDATE branch SET verdict = 'held', reason = ?, number = 7, request = '{link}'"
        database.execute(f"{held} WHERE service = 'app'", (f"{EVIL}</script><script>alert(1)</script>",))
        database.execute("UPDATE branch SET request = 'javascript:alert(1)' WHERE service = 'web'")
    assert yard.batch("report", "--html", "page.html").returncode == 0
    return Path(yard.root / "page.html").as_uri()


def shown(page: Page) -> list[tuple[str, str]]:
    """Service and state of the rows that can be seen."""
    rows = page.browser.find_elements(By.CSS_SELECTOR, "#units tbody tr")
    cells = [row.find_elements(By.TAG_NAME, "td") for row in rows if row.is_displayed()]
    return [(cell[1].text, cell[3].text) for cell in cells]


ALL = [("", "failed"), ("app", "held"), ("foundation", "done"), ("web", "done"), ("", "nothing to do")]


def test_what_needs_somebody_comes_first(page: Page, dashboard: str) -> None:
    """Failed, held, done: each row with its reason and a link, and both charts."""
    page.open(dashboard)
    assert shown(page) == ALL
    assert "the repository has no commits yet" in page.text("units")
    assert page.run("document.querySelectorAll('svg.chart').length") == 2
    link = page.browser.find_element(By.CSS_SELECTOR, "#units a")
    assert link.get_attribute("href") == "https://git.example.invalid/one/pull/7"
    assert link.text == "#7"


def test_rows_are_narrowed_by_keyboard_and_by_state(page: Page, dashboard: str) -> None:
    """``/`` leads to the filter, Escape takes all back; a tile leaves the rows of its state."""
    page.open(dashboard)
    page.press("/", "WEB ", "done")
    assert shown(page) == [("web", "done")]
    assert page.text("count") == "1 of 5"
    page.press(Keys.ESCAPE)
    assert shown(page) == ALL
    for tile in page.browser.find_elements(By.CSS_SELECTOR, "button.tile"):
        state = str(tile.get_attribute("data-state"))
        tile.send_keys(Keys.ENTER)
        assert shown(page) == [row for row in ALL if row[1] == state]
        tile.send_keys(Keys.ENTER)
    assert shown(page) == ALL


def test_nothing_foreign_runs(page: Page, dashboard: str) -> None:
    """Names and reasons are text, and a link that is no address of the web is none."""
    page.open(dashboard)
    assert page.run("document.querySelectorAll('main img').length") == 0
    assert "pwned" not in page.browser.title
    assert page.run("[...document.links].filter(a => !/^https?:|#units$/.test(a.href)).length") == 0
    assert EVIL in page.text("units")
    errors = [row for row in page.browser.get_log("browser") if row["level"] == "SEVERE"]  # type: ignore[no-untyped-call]
    assert errors == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_dashboard_is_accessible(page: Page, dashboard: str, theme: str) -> None:
    """It is light or dark as the reader's machine is, and axe finds no violation."""
    media = {"features": [{"name": "prefers-color-scheme", "value": theme}]}
    page.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", media)
    page.open(dashboard)
    page.browser.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})
    assert page.run("document.documentElement.dataset.theme") == theme
    axe = Axe(page.browser)
    axe.inject()
    found = axe.run()["violations"]
    assert [(v["id"], [n["html"][:120] for n in v["nodes"]]) for v in found] == []
