"""Neither a repository nor the environment decides what git runs for us, or where."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ssot_migrate.errors import GitError, UsageError
from ssot_migrate.git.history import diff
from ssot_migrate.git.repository import Repository
from ssot_migrate.plans.model import Plan
from ssot_migrate.plans.outcome import Branch

Git = Callable[..., str]


def test_nothing_that_a_repository_configures_runs(
    repo: Repository,
    root: Path,
    git: Git,
    tmp_path: Path,
    plan_of: Callable[..., Plan],
    apply: Callable[..., tuple[Branch, ...]],
) -> None:
    """Hooks, a file system monitor, an external diff, text conversion and a pager stay silent."""
    trap = tmp_path / "trap"
    trap.write_text(f"#!/bin/sh\ntouch {tmp_path}/sprung\n")
    trap.chmod(0o755)
    for hook in ("reference-transaction", "post-index-change", "post-checkout", "pre-commit"):
        (root / ".git/hooks" / hook).symlink_to(trap)
    for key in ("core.fsmonitor", "diff.external", "diff.x.textconv", "diff.x.command", "core.pager"):
        git("config", key, str(trap))
    (root / ".git/info/attributes").write_text("* diff=x\n")
    (branch,) = apply(plan_of({"api/a.py": {"environment": "env\n"}}))
    repo.staged_paths(), repo.touched_paths(), repo.ignored(["api/a.py"])
    assert b"+env" in diff(repo, branch.parent, branch.commit)
    assert not (tmp_path / "sprung").exists()


def test_reading_writes_nothing(repo: Repository, root: Path) -> None:
    """The index is not refreshed behind the user's back."""
    index = root / ".git/index"
    os.utime(root / "api/a.py", (1, 1))
    before = (index.read_bytes(), index.stat().st_mtime_ns)
    repo.staged_paths(), repo.touched_paths(), repo.entries()
    assert (index.read_bytes(), index.stat().st_mtime_ns) == before


def test_variables_of_a_hook_do_not_lead_elsewhere(
    repo: Repository, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With another repository's GIT_DIR and GIT_INDEX_FILE set, the path given still decides."""
    subprocess.run(["git", "init", "--quiet", tmp_path / "other"], check=True)
    expected = repo.entries()
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "other/.git"))
    monkeypatch.setenv("GIT_WORK_TREE", str(tmp_path / "other"))
    monkeypatch.setenv("GIT_INDEX_FILE", str(tmp_path / "other/.git/index"))
    found = Repository.open(root / "web")
    assert (found.work_tree, found.entries()) == (root, expected)
    assert found.staged_paths() | found.touched_paths() == set()
    with pytest.raises(UsageError, match="not in a git repository"):
        Repository.open(tmp_path)


def test_somebody_elses_repository_has_a_hint(
    repo: Repository, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Where git distrusts the owner, the error says how to trust it."""
    monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
    with pytest.raises(UsageError, match="dubious ownership") as caught:
        Repository.open(root)
    assert "safe.directory" in caught.value.hint


def test_a_failing_command_tells_gits_own_words(repo: Repository) -> None:
    """The error names the command and carries git's message."""
    with pytest.raises(GitError, match="git cat-file: fatal: .*nonsense"):
        repo.git.output("cat-file", "blob", "nonsense")


def test_missing_git_is_a_usage_error(root: Path, repo: Repository, tmp_path: Path) -> None:
    """Without a git program on the PATH there is a hint, not a traceback."""
    script = """\
import sys
from pathlib import Path
from ssot_migrate.errors import UsageError
from ssot_migrate.git.repository import Repository
try:
    Repository.open(Path(sys.argv[1]))
except UsageError as error:
    assert "install git" in error.hint
else:
    sys.exit("no error")
"""
    environment = {"PATH": str(tmp_path), "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    done = subprocess.run(
        [sys.executable, "-c", script, root], env=environment, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr


def test_gitpython_is_loaded_only_where_git_cannot_tell(repo: Repository, root: Path) -> None:
    """It finds the repository where variables of a hook would send git elsewhere; git alone does the rest."""
    script = """\
import sys
from pathlib import Path
from ssot_migrate.git.repository import Repository
Repository.open(Path(sys.argv[1])).entries()
print("git" in sys.modules)
"""
    for inherited, loaded in (({}, b"False\n"), ({"GIT_DIR": "elsewhere"}, b"True\n")):
        environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path)), **inherited}
        command = [sys.executable, "-c", script, str(root)]
        assert subprocess.run(command, env=environment, check=True, capture_output=True).stdout == loaded
