"""What docs/verify.md shows is what happens: its repository is laid out, and its commands are run in turn."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

import example

pytestmark = pytest.mark.heavy
PAGE = Path(__file__).parents[2] / "docs" / "verify.md"
FENCE = re.compile(r"```(\w+)\n(.*?)```", re.DOTALL)
NAMES = (
    (r"(ssot/\w+/|plan |reports/|plans/)([0-9a-f]{64}|[0-9a-f]{12})\b", r"\1<plan>"),
    (r" at 0x[0-9a-f]+>", ">"),
    (r"\b[0-9a-f]{16}\b", "<fingerprint>"),
    (r"\b[0-9a-f]{12}\b", "<commit>"),
)
FILES = ("ssot.toml", "legacy/money.py", "shared/money.py", "shop/prices.py", "shop/test_prices.py")


@pytest.fixture
def env(tmp_path: Path) -> Mapping[str, str]:
    """Where ``ssot-migrate`` and ``python`` are these, and pytest loads nothing of ours."""
    scripts = Path(sys.executable).parent
    return example.environment(
        tmp_path,
        PATH=f"{scripts}{os.pathsep}{os.environ['PATH']}",
        PYTEST_DISABLE_PLUGIN_AUTOLOAD="1",
        GIT_CONFIG_GLOBAL=os.environ["GIT_CONFIG_GLOBAL"],
        CI="1",
    )


def lay_out(root: Path, env: Mapping[str, str], page: str) -> None:
    """The repository of the example: the page's own files, and what makes packages of their folders."""
    texts = [text for language, text in FENCE.findall(page) if language in ("toml", "python")]
    packages = dict.fromkeys([f"{name}/__init__.py" for name in ("legacy", "shared", "shop")], "")
    for name, text in {**packages, **dict(zip(FILES, texts, strict=True))}.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text)
    for words in (["init", "-q", "-b", "main"], ["add", "-A"], ["commit", "-qm", "Prices"]):
        example.run(["git", *words], root, env)


def said(line: str, root: Path, env: Mapping[str, str]) -> str:
    """What a shell prints for a line in which ``<plan>`` stands for the newest one, ids left out."""
    plans = sorted((root / ".git/ssot-migrate/reports").glob("*"), key=lambda path: path.stat().st_mtime_ns)
    typed = line.replace("<plan>", plans[-1].name if plans else "")
    done = subprocess.run(
        typed, shell=True, cwd=root, env=env, text=True, stdout=subprocess.PIPE, stderr=subprocess.STDOUT
    )
    shown = done.stdout.replace(f"{root}/", "")
    for pattern, name in NAMES:
        shown = re.sub(pattern, name, shown)
    return shown


def test_the_page_shows_what_happens(
    tmp_path: Path, env: Mapping[str, str], request: pytest.FixtureRequest
) -> None:
    """Every transcript, in the order of the page."""
    page = PAGE.read_text("utf-8")
    root = tmp_path / "repo"
    lay_out(root, env, page)

    def run(fence: re.Match[str]) -> str:
        if fence[1] != "console":
            return fence[0]
        lines = [line for line in fence[2].splitlines() if line.startswith("$ ")]
        return "```console\n" + "".join(f"{line}\n{said(line[2:], root, env)}" for line in lines) + "```"

    ran = FENCE.sub(run, page)
    if request.config.getoption("--update-golden"):
        PAGE.write_text(ran, "utf-8")
    assert ran == page
