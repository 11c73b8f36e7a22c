"""Killed while tests run: the tree that they ran in is taken away by the next run, and no branch is there."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from ssot_migrate.errors import ExitCode
from tests.faults.ground import Ground, said

pytestmark = pytest.mark.heavy
FILES = {
    "app/__init__.py": "",
    "app/conf.py": 'import os\n\n\ndef url():\n    return os.environ.get("URL", "none")\n',
    "tests/test_conf.py": "from app.conf import url\n\n\ndef test_url():\n    assert url() == 'none'\n",
    "conftest.py": "",
}
PROVEN = ("--verify", "--test-command", shlex.join([sys.executable, "-m", "pytest", "-q"]))


@pytest.mark.parametrize(
    ("moment", "point"),
    [
        ("before tests run", "git.worktrees:LinkedTree.show 1 after"),
        ("between two runs of tests", "verify.bench:Bench.test 2 before"),
        ("while their tree is taken away", "git.worktrees:_remove 1 before"),
    ],
)
def test_verify(
    tmp_path: Path, record: Callable[..., None], moment: str, point: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    """No branch is there; the second try finds none of the first, and proves and writes all."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    (tmp_path / "tmp").mkdir()
    monkeypatch.setenv("TMPDIR", str(tmp_path / "tmp"))
    ground = Ground(tmp_path, FILES)
    before = ground.state()
    broken = ground.apply(*PROVEN, deadly=f"ssot_migrate.{point} parent SIGKILL")
    assert said(broken) == "killed", broken.stderr
    ground.assert_sound()
    assert (ground.state(), ground.branches()) == (before, {})
    assert ground.git("worktree", "list").count("ssot-tree-") == 1
    again = ground.apply(*PROVEN)
    assert again.returncode == ExitCode.OK, again.stderr
    assert set(ground.branches()) == {"app", "foundation"}
    assert (ground.state(), ground.git("worktree", "list").count("ssot-tree-")) == (before, 0)
    assert list((tmp_path / "tmp").glob("ssot-tree-*")) == []
    record(f"`kill -9` of `apply --verify`, {moment}", said(broken), "no branch", said(again))
