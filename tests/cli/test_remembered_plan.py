"""A plan of a repository in which nothing has changed is the one that is remembered, and quickly told."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ssot_migrate.errors import ExitCode
from ssot_migrate.workflow import Request, make_plan

TELLING = """\
import sys
from ssot_migrate.cli import main
try:
    main(sys.argv[1:])
except SystemExit as stop:
    assert not stop.code, stop.code
loaded = [name for name in sys.modules if name.startswith("ssot_migrate.transforms.")]
print(*loaded, *({"libcst", "git", "pathspec", "rich", "yaml"} & sys.modules.keys()), file=sys.stderr)
"""


@pytest.fixture
def repo(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A committed repository with one legacy file, and a cache of its own."""
    monkeypatch.setenv("SSOT_MIGRATE_CACHE", str(tmp_path / "cache"))
    root = tmp_path / "repo"
    (root / "app").mkdir(parents=True)
    (root / "app" / "config.py").write_text('import os\n\nA = os.environ["A"]\n')
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "base"]):
        subprocess.run(["git", "-C", str(root), *command], check=True)
    return root


def told(repo: Path, *options: str) -> tuple[str, str]:
    """The lines of a plan, and what that has loaded beside the command itself."""
    command = [sys.executable, "-c", TELLING, "plan", str(repo), "--format", "lines", *options]
    done = subprocess.run(command, env=dict(os.environ), check=True, capture_output=True, text=True)
    return done.stdout, done.stderr.strip()


def found(request: Request) -> set[str]:
    """The files in which a plan finds anything."""
    return {finding.path for finding in make_plan(request, lambda *_: None).findings}


def test_nothing_that_makes_plans_is_loaded_for_the_same_again(repo: Path) -> None:
    """The second time the lines are the same; neither rules nor globs nor parsers are loaded."""
    first, loaded = told(repo)
    assert "app/config.py:3: direct-env-access" in first
    assert "ssot_migrate.transforms.direct_env_access" in loaded

    (repo / "app" / "config.py").write_text("not committed\n")
    assert told(repo) == (first, "")


def test_what_has_changed_is_planned_anew(repo: Path) -> None:
    """A commit, a settings file, another service, what is staged: each is asked for apart."""
    before, _ = told(repo)
    (repo / "app" / "more.py").write_text("import os\n\nB = os.getenv('B')\n")
    subprocess.run(["git", "-C", str(repo), "add", "-A"], check=True)
    assert told(repo) == (before, "")
    staged = Request(path=str(repo), staged=True)
    assert "app/more.py" in found(staged)
    (repo / "app" / "more.py").write_text("B = 1\n")
    subprocess.run(["git", "-C", str(repo), "add", "-A"], check=True)
    assert "app/more.py" not in found(staged)
    (repo / "app" / "more.py").write_text("import os\n\nB = os.getenv('B')\n")
    subprocess.run(["git", "-C", str(repo), "add", "-A"], check=True)

    subprocess.run(["git", "-C", str(repo), "commit", "-qm", "more"], check=True)
    assert "app/more.py:3" in told(repo)[0]
    (repo / "ssot.toml").write_text('exclude = ["app/more.py"]\n')
    assert told(repo)[0].count("app/more.py") == 0


def test_an_unknown_service_is_none_by_memory_either(repo: Path) -> None:
    """What was planned before does not hide a wrong name."""
    told(repo, "--service", "app")
    command = [sys.executable, "-m", "ssot_migrate", "plan", str(repo), "--service", "nowhere"]
    done = subprocess.run(command, check=False, capture_output=True, text=True)
    assert (done.returncode, "nowhere" in done.stderr) == (ExitCode.USAGE, True)
