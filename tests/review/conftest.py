"""A real browser over real pages; repositories whose names and code try to be markup."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from selenium.webdriver import Chrome, ChromeOptions
from selenium.webdriver.chrome.service import Service

from browsing import Page

EVIL = "<img src=x onerror=document.title='pwned'>"
CODE = f"""\
import os

NOTE = "</script><script>document.title='pwned'</script>{EVIL}"
PASSWORD = "correct-horse-battery"


def {{name}}():
    return os.environ.get("{EVIL}", PASSWORD) or os.environ["{{name}}"]


os.putenv("A", "{EVIL}")
"""


@pytest.fixture(scope="session")
def browser(needs: Callable[[str], str]) -> Iterator[Chrome]:
    """Headless Chromium."""
    options = ChromeOptions()
    options.binary_location = needs("chromium")
    for argument in ("headless=new", "no-sandbox", "disable-dev-shm-usage", "window-size=1400,900"):
        options.add_argument(f"--{argument}")
    driver = Chrome(options=options, service=Service(needs("chromedriver")))
    yield driver
    driver.quit()


@pytest.fixture
def page(browser: Chrome) -> Page:
    """A page to be opened."""
    return Page(browser)


@pytest.fixture
def address(hostile: Path) -> Iterator[str]:
    """The address of the page that ``review`` serves for the hostile repository."""
    command = [sys.executable, "-m", "ssot_migrate", "review", str(hostile), "--no-open"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout
        yield process.stdout.readline().split()[-1]
        process.terminate()


@pytest.fixture
def standalone(hostile: Path, tmp_path: Path) -> str:
    """The address of the same page as a file."""
    path = tmp_path / "page.html"
    command = [sys.executable, "-m", "ssot_migrate", "review", str(hostile), "--html", str(path)]
    subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
    return path.as_uri()


@pytest.fixture
def hostile(tmp_path: Path) -> Path:
    """A repository of hostile file names and strings, with changes to make and one to hold in each file."""
    root = tmp_path / "repo"
    folder = root / "<svg onload=alert(1)>"
    folder.mkdir(parents=True)
    for number in range(24):
        (folder / f"{EVIL[:9]}{number}.py").write_text(CODE.format(name=f"read_{number}"))
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "base"]):
        subprocess.run(["git", "-C", str(root), *command], check=True)
    return root
