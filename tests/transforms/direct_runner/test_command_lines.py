"""Which shell commands start tests, and in which folder: read from real carrier files."""

from __future__ import annotations

import pytest

from ssot_migrate.engine.inventory import kind_by_name
from ssot_migrate.languages.commands import read_commands
from ssot_migrate.model import Site, Source
from ssot_migrate.transforms.direct_runner import transform
from ssot_migrate.transforms.direct_runner.execution import Execution, of


def sites(path: str, text: str) -> list[Site]:
    """The sites in a file."""
    kind = kind_by_name(path)
    assert kind is not None
    source = Source(path, text.encode(), "0" * 40, kind)
    return [
        s for c in read_commands(source) for detect in transform.command_detectors for s in detect(c, source)
    ]


def only(path: str, text: str) -> Execution:
    """The one execution in a file."""
    [site] = sites(path, text)
    return of(site)


@pytest.mark.parametrize(
    ("line", "program", "behind"),
    [
        ("pytest tests", "pytest", "tests"),
        ("py.test", "py.test", ""),
        (".venv/bin/pytest -x", ".venv/bin/pytest", "-x"),
        ("python -m pytest -v", "-m pytest", "-v"),
        ("python3.12 -u -X dev -m pytest a b", "-m pytest", "a b"),
        ("CI=1 time python -m pytest", "-m pytest", ""),
        ("env CI=1 timeout 300 pytest a", "pytest", "a"),
        ("$PYTHON -m pytest a", "-m pytest", "a"),
        ("poetry run pytest a", "pytest", "a"),
        ("uv run --frozen python -m pytest", "-m pytest", ""),
        ("coverage run --source=x -m pytest a", "-m pytest", "a"),
        ("python -m coverage run -m pytest", "-m pytest", ""),
        ("python -m unittest discover -s a", "-m unittest", "discover -s a"),
        ("xvfb-run -a pytest", "pytest", ""),
        ("! pytest", "pytest", ""),
        ("sh -c 'pytest a'", "pytest", "a"),
    ],
)
def test_runs(line: str, program: str, behind: str) -> None:
    """The words that name the program, whatever leads to it, and those that it is given."""
    found = only("run.sh", f"{line}\n")
    assert " ".join(word.text for word in found.program) == program
    assert " ".join(word.text for word in found.arguments) == behind
    assert not found.locked


@pytest.mark.parametrize(
    "line",
    [
        "pip install pytest",
        "python -m pip install pytest",
        "git commit -m pytest",
        "echo pytest tests",
        "which pytest",
        "python -c 'import pytest'",
        "pytest-watch",
        "poetry add pytest",
        "docker run --rm image echo pytest.ini",
        "coverage report -m",
        "grep -r pytest .",
    ],
)
def test_no_runs(line: str) -> None:
    """Commands that merely have the word in them."""
    assert sites("run.sh", f"{line}\n") == []


@pytest.mark.parametrize(
    "line",
    [
        "docker compose exec web pytest",
        "docker run image python -m pytest",
        "ssh host pytest",
        "wait-for-it db:5432 -- pytest tests",
        "python -I -m pytest",
    ],
)
def test_runs_that_are_out_of_reach(line: str) -> None:
    """In a container, on another machine, behind an unknown program: seen, not to be edited."""
    assert only("run.sh", f"{line}\n").locked


@pytest.mark.parametrize(
    ("path", "text", "folder", "sure"),
    [
        ("Makefile", "t:\n\tpytest\n", "", True),
        ("api/Makefile", "t:\n\tpytest\n", "api", True),
        ("Makefile", "t:\n\tcd api && pytest\n", "api", True),
        ("Makefile", "t:\n\tcd api\n\tpytest\n", "", True),
        ("Makefile", ".ONESHELL:\nt:\n\tcd api\n\tpytest\n", "api", True),
        ("Makefile", "t:\n\tcd $(WHERE) && pytest\n", "", False),
        ("run.sh", "pytest\n", "", True),
        ("api/run.sh", "pytest\n", "", False),
        ("api/run.sh", 'cd "$(dirname "$0")"\npytest\n', "api", True),
        ("api/run.sh", 'cd -- "$(dirname "${BASH_SOURCE[0]}")/.."\npytest\n', "", True),
        ("api/run.sh", 'cd "$(git rev-parse --show-toplevel)/web"\npytest\n', "web", True),
        ("run.sh", "(cd api && make)\npytest\n", "", True),
        ("run.sh", "(cd api && pytest)\n", "api", True),
        ("run.sh", "x=$(cd api && pwd)\npytest\n", "", True),
        ("run.sh", "cd api | cat\npytest\n", "", True),
        ("run.sh", "cd api && make &\npytest\n", "", True),
        ("run.sh", "sh -c 'cd api && make'\npytest\n", "", True),
        ("run.sh", "sh -c 'cd api && pytest'\n", "api", True),
        ("run.sh", "if a; then cd api; fi\npytest\n", "", False),
        ("run.sh", "if a; then cd api; pytest; fi\n", "api", True),
        ("run.sh", "if a; then cd api; else pytest; fi\n", "", False),
        ("run.sh", "go() {\n  cd api\n}\npytest\n", "", False),
        ("run.sh", "{ cd api; }\npytest\n", "api", True),
        ("run.sh", "cd api || exit 1\npytest\n", "api", True),
        ("run.sh", "make || cd api\npytest\n", "", False),
        ("run.sh", "case $1 in\na) cd api ;;\nb) pytest ;;\nesac\n", "", False),
        ("run.sh", "pushd api\nmake\npopd\npytest\n", "api", False),
        (".github/workflows/t.yml", "jobs: {a: {steps: [{run: pytest}]}}\n", "", True),
        (".github/workflows/t.yml", "s:\n- run: cd api\n- run: pytest\n", "", True),
        (".github/workflows/t.yml", "s:\n- run: |\n    cd api\n    pytest\n", "api", True),
        (".github/workflows/t.yml", "s:\n- run: pytest\n  working-directory: api\n", "", False),
        (".github/workflows/t.yml", "s:\n- run: pytest\n  working-directory: .\n", "", True),
        (".gitlab-ci.yml", "t:\n  script:\n  - cd api\n  - pytest\n", "api", True),
        ("deploy/job.yaml", "run: pytest\n", "", False),
        ("tox.ini", "[testenv]\ncommands = pytest\n", "", True),
        ("tox.ini", "[testenv]\nchangedir = api\ncommands = pytest\n", "", False),
        ("tox.ini", "[testenv:a]\nchangedir = api\n[testenv:b]\ncommands = pytest\n", "", True),
        ("tox.ini", "[testenv]\nchangedir = api\n[testenv:b]\ncommands = pytest\n", "", False),
        (
            "tox.ini",
            "[testenv]\nchangedir = a\n[testenv:b]\nchangedir={toxinidir}\ncommands = pytest\n",
            "",
            True,
        ),
        ("README.md", "```sh\ncd api\n```\n\n```sh\npytest\n```\n", "", False),
        ("README.md", "```sh\ncd api\npytest\n```\n", "api", True),
    ],
)
def test_folders(path: str, text: str, folder: str, sure: bool) -> None:
    """The carrier's own rule, and what cd and settings make of it."""
    found = only(path, text).folder
    assert (found.path, found.sure) == (folder, sure)


def test_readers_of_the_output() -> None:
    """A pipe or a substitution reads the output; tee and a file descriptor do not count."""
    assert only("run.sh", "pytest 2>&1 | grep passed\n").read == "grep"
    assert only("run.sh", "n=$(pytest -q)\n").read
    assert not only("run.sh", "pytest 2>&1 | tee log\n").read
    assert not only("run.sh", "pytest || exit 1\n").read


def test_scripts_are_sites_without_hits() -> None:
    """Whether a script runs tests is known only of the whole repository."""
    [site] = sites("run.sh", "python tools/run_all.py -v\n")
    assert (of(site).program[0].text, site.hits) == ("tools/run_all.py", ())


def test_expansions_may_be_any_words() -> None:
    """A quoted variable is one word, an unquoted one any number; a literal in quotes is known."""
    words = only("run.sh", 'pytest $A "$B" "c d" tests/$E\n').arguments
    assert [(w.text, w.whole, w.many) for w in words] == [
        ("", False, True),
        ("", False, False),
        ("c d", True, False),
        ("tests/", False, True),
    ]
