"""How one finds one's way in the review page: filters, links, samples, both kinds of diff, paper, a file."""

from __future__ import annotations

import base64
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from selenium.webdriver.common.by import By
from selenium.webdriver.common.keys import Keys
from selenium.webdriver.support.ui import Select

from browsing import Page
from ssot_migrate.decisions.file import load

pytestmark = pytest.mark.heavy


def shown(page: Page, expression: str) -> set[str]:
    """An expression of each finding in the list."""
    return set(
        page.run(f"view.rows.flatMap(r => r.members || []).map(m => data.findings[m]).map(f => {expression})")
    )


@pytest.mark.parametrize(("filter_", "field"), [("f-sv", "sv"), ("f-r", "r"), ("f-sa", "sa"), ("f-st", "st")])
def test_every_filter_narrows_the_list(page: Page, standalone: str, filter_: str, field: str) -> None:
    """Service, rule, safety and state: each choice leaves what it names, all of it, and nothing else."""
    page.open(standalone)
    page.click("tab-changes")
    choice = Select(page.browser.find_element(By.ID, filter_))
    values = [option.get_attribute("value") for option in choice.options][1:]
    assert values
    total = 0
    for value in values:
        choice.select_by_value(str(value))
        assert shown(page, f"f.{field}") == {value}
        total += page.run("view.rows.flatMap(r => r.members || []).length")
    assert total == page.run(f"data.findings.filter(f => f.{field}).length")


def test_files_are_found_by_part_and_by_glob(page: Page, standalone: str) -> None:
    """The file filter takes a part of a path, or a glob of all of it; the address keeps what was asked."""
    page.open(standalone)
    page.click("tab-changes")
    field = page.browser.find_element(By.ID, "f-p")
    for text, count in (("7.PY", 2), ("src=1", 11), ("**src=1*.py", 11), ("*1*.py", 0), ("src=1*", 0)):
        field.clear()
        field.send_keys(text)
        assert len(shown(page, "f.p")) == count, text
    field.clear()
    field.send_keys("**/*src=2*")
    page.open(page.browser.current_url)
    assert len(shown(page, "f.p")) == 5


def test_a_link_leads_to_one_change(page: Page, standalone: str) -> None:
    """The address of a change shows that change, whatever was filtered before."""
    page.open(standalone)
    page.click("tab-changes")
    page.browser.find_element(By.ID, "q").send_keys("read_7")
    fingerprint = page.run("data.findings[view.rows[0].members[0]].f")
    page.open(f"{standalone}#change/{fingerprint}")
    assert page.run("data.findings[view.rows[view.at].member].f") == fingerprint
    assert "read_7" in page.text("detail")


def test_a_sample_is_twenty_of_the_group(page: Page, standalone: str) -> None:
    """``s`` shows 20 different members drawn at random, other ones the next time, and back."""
    page.open(standalone)
    page.click("tab-changes")
    size = page.run("view.rows[0].members.length")
    assert size > 20
    drawn = []
    for _ in range(2):
        page.press("s")
        drawn.append(tuple(page.run("view.rows.filter(r => r.member !== undefined).map(r => r.member)")))
        assert len(set(drawn[-1])) == 20
        page.press("s")
        assert page.run("view.rows[0].members.length") == size
    assert drawn[0] != drawn[1]


def test_both_kinds_of_diff(page: Page, standalone: str) -> None:
    """``d`` goes from unified to side by side and back; what differs in a line is marked in both."""
    page.open(standalone)
    page.click("tab-changes")
    cells = "[...document.querySelectorAll('#detail .diff tr')].map(tr => tr.children.length)"
    marks = "[...document.querySelectorAll('#detail mark')].map(m => m.textContent).join(' ')"
    looks = []
    for _ in range(3):
        looks.append((set(page.run(cells)), page.run(marks)))
        page.press("d")
    assert looks[0] == looks[2]
    assert looks[0][1] == looks[1][1]
    assert "get_env" in looks[0][1]
    assert page.run("document.querySelectorAll('#detail .hk').length") > 0


def test_keys_help_and_search(page: Page, standalone: str) -> None:
    """``?`` explains, Escape closes; ``/`` searches from either view."""
    page.open(standalone)
    page.press("?")
    assert "side by side" in page.text("help")
    page.press(Keys.ESCAPE)
    page.press("/")
    page.press("/", *"read_11", Keys.ESCAPE)
    assert page.run("view.rows.every(r => r.members.every(m => data.findings[m].text.includes('read_11')))")


def test_a_page_of_its_own_saves_what_was_decided(page: Page, standalone: str, tmp_path: Path) -> None:
    """A file without a server keeps decisions over a reload and saves a decisions file that loads."""
    page.browser.execute_cdp_cmd(
        "Browser.setDownloadBehavior", {"behavior": "allow", "downloadPath": str(tmp_path)}
    )
    page.open(standalone)
    page.click("tab-changes")
    page.press(Keys.ENTER, "j", "a", "r")
    page.open(standalone)
    page.click("download")
    file = tmp_path / "ssot-decisions.txt"
    page.until("true")
    for _ in range(100):
        if file.exists() and file.stat().st_size:
            break
        page.browser.execute_async_script("setTimeout(arguments[0], 100)")
    assert sorted(d.ruling.value for d in load(file)) == ["accept", "reject"]
    assert {d.path for d in load(file)} <= set(page.run("data.findings.map(f => f.p)"))


def test_paper_shows_one_change_of_each_shape(
    page: Page, standalone: str, tmp_path: Path, needs: Callable[[str], str]
) -> None:
    """Printing from a dark screen gives black on white, with summary and exemplars and without controls."""
    page.open(standalone)
    page.run("theme('dark')")
    made = page.browser.execute_cdp_cmd("Page.printToPDF", {"printBackground": True})
    paper = tmp_path / "page.pdf"
    paper.write_bytes(base64.b64decode(made["data"]))
    text = subprocess.run(
        [needs("pdftotext"), "-layout", str(paper), "-"], check=True, capture_output=True, text=True
    ).stdout
    for part in ("Score by service", "Held and left, and why", "One change of each shape", "get_env()"):
        assert part in text
    assert "Save decisions" not in text
    assert page.run("document.querySelectorAll('#printed > *').length") == 0


def test_what_differs_and_what_is_what(page: Page, standalone: str) -> None:
    """The page's own reader of Python and of differences: strings over lines, names after a dot, words."""
    page.open(standalone)
    lines = [
        "@fake.it",
        'def len(self): # "no"',
        "    x = rb'#' + a.len(0x1F)",
        '    """two',
        "    len",
        '    lines"""',
    ]
    coloured = [
        [[0, 8, "d"]],
        [[0, 3, "k"], [4, 7, "f"], [8, 12, "b"], [15, 21, "c"]],
        [[8, 13, "s"], [22, 26, "n"]],
        [[4, 10, "s"]],
        [[0, 7, "s"]],
        [[0, 12, "s"]],
    ]
    assert page.browser.execute_script("return coloured(arguments[0], 'a.py')", lines) == coloured
    shell = ["A='#' # x", "echo 12"]
    found = [[[2, 5, "s"], [6, 9, "c"]], [[5, 7, "n"]]]
    assert page.browser.execute_script("return coloured(arguments[0], 'run.sh')", shell) == found
    assert page.browser.execute_script("return coloured(arguments[0], 'a.md')", shell) == [[], []]
    pair = ('x = os.environ["A"] = v', 'x = get_env().set("A", v)')
    assert page.browser.execute_script("return differences(...arguments)", *pair) == [
        [4, 15, 18, 21],
        [4, 18, 21, 22, 24, 25],
    ]
