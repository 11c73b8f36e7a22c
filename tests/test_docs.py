"""What the documents say is so: generated passages are current, links lead somewhere, commands exist."""

from __future__ import annotations

import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import gen_docs
from ssot_migrate.cli.app import app
from ssot_migrate.errors import ExitCode
from ssot_migrate.profile import load_profile
from ssot_migrate.settings import parse_settings

ROOT = Path(__file__).parents[1]
PAGES = sorted(
    path
    for pattern in ("*.md", "docs/**/*.md", "changelog.d/README.md", "examples/*/README.md")
    for path in ROOT.glob(pattern)
)
OURS = [path for path in PAGES if "examples" not in path.parts]
LINK = re.compile(r"\[[^\]\[]+\]\(([^)\s]+)\)")
FENCE = re.compile(r"^( *)```(\w*)\n(.*?)^ *```$", re.DOTALL | re.MULTILINE)
CODE = re.compile(r"`([^`\n]+)`")
OURS_AT_TOP = ("ssot_migrate", "tests", "tools", "docs", "examples", "bench", "changelog.d", "ci", ".ci")

by_name = pytest.mark.parametrize("page", PAGES, ids=lambda path: path.relative_to(ROOT).as_posix())
ours_by_name = pytest.mark.parametrize("page", OURS, ids=lambda path: path.relative_to(ROOT).as_posix())


def prose(page: Path) -> str:
    """The text of a page without its fences."""
    return FENCE.sub("", page.read_text("utf-8"))


def fences(page: Path, language: str) -> list[str]:
    """The contents of a page's fences in ``language``, without their indentation."""
    found = FENCE.finditer(page.read_text("utf-8"))
    return [
        re.sub(f"^{match[1]}", "", match[3], flags=re.MULTILINE) for match in found if match[2] == language
    ]


def anchors(page: Path) -> set[str]:
    """The fragments by which headings of a page are reached."""
    titles = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-") for title in titles}


def test_generated_passages_are_current() -> None:
    """``make docs`` would change nothing."""
    done = subprocess.run(
        [sys.executable, gen_docs.__file__, "--check"],
        cwd=ROOT,
        check=False,
        capture_output=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, f"run `make docs`\n{done.stdout}{done.stderr}"


def test_every_passage_has_its_place() -> None:
    """Each generated passage is asked for by a page, and each page asks for those that there are."""
    asked = {
        name for page in OURS for name in re.findall(r"<!-- make docs: (\S+) -->", page.read_text("utf-8"))
    }
    assert asked == set(gen_docs.PASSAGES)


def test_a_stale_passage_is_rewritten_and_the_rest_stays() -> None:
    """Only what stands between the marks is the generator's."""
    page = "before\n<!-- make docs: default-excludes -->\nold\n<!-- end of default-excludes -->\nafter\n"
    assert "old" not in (filled := gen_docs.filled(page))
    assert filled.startswith("before\n<!-- make docs: default-excludes -->\n\n`.venv/`")
    assert filled.endswith("\n\n<!-- end of default-excludes -->\nafter\n")
    assert gen_docs.filled(filled) == filled


@by_name
def test_links_lead_somewhere(page: Path) -> None:
    """Every relative link names a file of the project, and a heading of it if it says so."""
    broken = []
    for link in LINK.findall(prose(page)):
        path, _, fragment = link.partition("#")
        target = (page.parent / path).resolve() if path else page
        if "://" in link or link.startswith("mailto:"):
            continue
        if not target.exists() or (fragment and fragment not in anchors(target)):
            broken.append(link)
    assert broken == []


@ours_by_name
def test_named_files_exist(page: Path) -> None:
    """A path in backticks that begins with one of our folders is a file or folder of ours."""
    named = (
        code for code in CODE.findall(prose(page)) if code.startswith(tuple(f"{top}/" for top in OURS_AT_TOP))
    )
    plain = [code for code in named if not set(code) & set("<>*+{} ")]
    assert [path for path in plain if not (ROOT / path).exists()] == []


def commands() -> Iterator[tuple[str, str]]:
    """Every command line that a page shows as typed, or names in backticks."""
    for page in OURS:
        name = page.relative_to(ROOT).as_posix()
        for fence in fences(page, "console"):
            yield from ((name, line[2:]) for line in fence.splitlines() if line.startswith("$ "))
        yield from ((name, code) for code in CODE.findall(prose(page)))


def test_commands_and_options_exist() -> None:
    """``ssot-migrate`` has every command and every option that a page shows."""
    shown = {line for _, line in commands() if line.startswith("ssot-migrate ")}
    assert len(shown) > 5
    assert [line for line in sorted(shown) if not known(shlex.split(line.split(" | ")[0])[1:])] == []


def known(words: list[str]) -> bool:
    """Whether the command line has the command, and the command the options."""
    with click.Context(app) as context:
        if words[0] in {"--help", "--version", "COMMAND"}:
            return True
        command = app.get_command(context, words[0])
    options = {option for param in command.params for option in param.opts} if command else set()
    asked = {word.partition("=")[0] for word in words[1:] if word.startswith("-")}
    return command is not None and asked <= options | {"--help"}


def test_make_targets_exist() -> None:
    """Every ``make`` target that a page shows is in the Makefile."""
    shown = {line.split()[1] for _, line in commands() if re.match(r"make [a-z-]+(\s|$)", line)}
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    assert shown <= targets
    assert {"demo", "test"} <= shown


def test_settings_in_documents_are_accepted() -> None:
    """Every TOML fence with our table is a valid one, down to the profile that it makes."""
    shown = [fence for page in OURS for fence in fences(page, "toml") if "ssot-migrate" in fence]
    assert len(shown) >= 2
    for fence in shown:
        assert "ssot-migrate" in tomllib.loads(fence)["tool"]
        settings = parse_settings(fence.encode(), None)
        load_profile(settings.profile, settings.roles)


def test_help_names_every_exit_code() -> None:
    """What ``--help`` says of exit codes leaves none out."""
    text = app.help or ""
    assert [code for code in ExitCode if not re.search(rf"\b{code.value}\b", text)] == []


def test_hints_name_documents_that_exist() -> None:
    """A page that an error message points to is there."""
    sources = (path.read_text("utf-8") for path in (ROOT / "ssot_migrate").rglob("*.py"))
    named = {name for text in sources for name in re.findall(r"docs/[\w/.-]+\.md", text)}
    assert [name for name in sorted(named) if not (ROOT / name).exists()] == []
