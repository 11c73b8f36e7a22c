"""What a repository says is text in a terminal: no command prints a control character that stands in it."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

import example
from ssot_migrate.errors import ExitCode

pytestmark = pytest.mark.heavy
Run = Callable[..., subprocess.CompletedProcess[str]]
EVIL = "\x1b]0;owned\x07\x1b[2J\u202e"
LEGACY = 'import os\n\nA = os.environ["A"]\n\n\ndef read():\n    return os.environ.get("B")\n'
TESTS = f"""\
import inspect
import pytest
import app.plain

@pytest.mark.parametrize("n", [1])
def test_fails_before(n):
    print({EVIL!r})
    assert 0

def test_source():
    print({EVIL!r})
    assert "os.environ" in inspect.getsource(app.plain), {EVIL!r}

"""
CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202e]")


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A repository whose files, authors, subjects and tests have names that command a terminal."""
    env = example.environment(tmp_path, PYTHONPATH=os.pathsep.join(filter(None, sys.path)))
    for name, value in env.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("A", "1")
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    repo = tmp_path / "repo"
    names = {
        "app/__init__.py": "",
        "app/plain.py": LEGACY,
        f"app/a{EVIL}\n.py": LEGACY,
        f"web/broken{EVIL}.py": "def f(:\n    os.environ['A']\n",
        f"tests/test_it{EVIL}.py": TESTS,
        "pytest.ini": "[pytest]\n",
    }
    for name, text in names.items():
        (repo / name).parent.mkdir(parents=True, exist_ok=True)
        (repo / name).write_text(text)
    git(repo, "init", "-q", "-b", "main")
    commit(repo)
    return repo


def git(root: Path, *words: str) -> str:
    """What git prints, in the name of somebody hostile."""
    who = ("-c", f"user.name=A{EVIL}da", "-c", "user.email=ada@example.invalid")
    return subprocess.run(["git", *who, *words], cwd=root, check=True, capture_output=True, text=True).stdout


def commit(root: Path) -> None:
    """Commit all there is, under a hostile subject."""
    git(root, "add", "-A")
    git(root, "commit", "-qm", f"base {EVIL}")


@pytest.fixture
def run(root: Path) -> Run:
    """Call the command, and see that nothing it prints is obeyed by a terminal."""

    def call(*words: str, code: ExitCode) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "-m", "ssot_migrate", *words]
        done = subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)
        assert done.returncode == code, done.stdout + done.stderr
        assert CONTROL.findall(done.stdout + done.stderr) == []
        return done

    return call


def test_no_command_prints_what_a_terminal_obeys(root: Path, run: Run) -> None:
    """Names of files, authors, subjects, tests and their output: each is shown, on one line, as pictures."""
    changes = ("--include", "review", "--rule", "direct-env-access")
    picture = "␛]0;owned␇␛[2J\N{REPLACEMENT CHARACTER}"
    git(root, "switch", "-qc", "feature")
    (root / f"app/a{EVIL}\n.py").write_text(LEGACY.replace('"A"', '"Z"'))
    commit(root)
    git(root, "switch", "-q", "main")
    for form in ("table", "lines"):
        assert picture in run("plan", *changes, "--format", form, code=ExitCode.PARTIAL).stdout
    foreseen = run("conflicts", *changes, code=ExitCode.OK).stderr
    assert f"A{picture}da" in foreseen
    assert f"app/a{picture}␊.py" in foreseen
    tests = shlex.join([sys.executable, "-m", "pytest", "-q"])
    verified = run("verify", *changes, "--test-command", tests, code=ExitCode.UNPROVEN).stdout
    assert f"failed before: tests/test_it{picture}.py::test_fails_before[1]" in verified
    assert f"tests/test_it{picture}.py::test_source fails with it" in verified
    run("apply", *changes, code=ExitCode.PARTIAL)
    ref = git(root, "for-each-ref", "--format=%(refname:short)", "refs/heads/ssot/app").strip()
    git(root, "switch", "-q", ref)
    (root / f"mine{EVIL}").write_text("")
    commit(root)
    git(root, "switch", "-q", "main")
    attested = run("verify-branch", ref, code=ExitCode.OK).stdout
    assert f"base {picture} (A{picture}da, 1 file)" in attested
    assert "left: ssot/app/" in run("undo", "--last", code=ExitCode.PARTIAL).stderr
    assert picture in run("apply", *changes, "--in-place", code=ExitCode.PARTIAL).stdout
    assert f"undone: {root}/app/a{picture}␊.py" in run("undo", "--last", code=ExitCode.OK).stdout
    for wrong in (["verify", EVIL], ["undo", EVIL], ["verify-branch", EVIL], ["plan", "--service", EVIL]):
        assert "owned" in run(*wrong, code=ExitCode.USAGE).stderr


def test_a_diff_is_exact_in_a_pipe_and_plain_in_a_terminal(root: Path, terminal: Callable[..., Any]) -> None:
    """What `git apply` reads must be to the byte; what a person sees must not move the cursor."""
    (root / "app/tabbed.py").write_text(f'import os\n\ndef f():\n\treturn os.environ["T"]  # {EVIL}\n')
    commit(root)
    arguments = ("diff", "--include", "review", "--rule", "direct-env-access")
    command = [sys.executable, "-m", "ssot_migrate", *arguments]
    piped = subprocess.run(command, cwd=root, capture_output=True, check=True).stdout
    assert f"# {EVIL}".encode() in piped
    subprocess.run(["git", "apply", "--check", "-"], cwd=root, input=piped, check=True)
    seen = terminal(*arguments, cwd=root)
    assert "# ␛]0;owned␇" in seen.raw
    assert "\treturn get_env()" in seen.raw
    assert "\x1b]0;owned" not in seen.raw
