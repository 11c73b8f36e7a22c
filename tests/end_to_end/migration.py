"""The shipped monorepo, laid out and migrated by the command."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import NamedTuple

import example
from ssot_migrate.errors import ExitCode

DONE = (ExitCode.OK, ExitCode.PARTIAL)


class Migration(NamedTuple):
    """The example, planned and applied while its working tree is dirty."""

    home: Path
    repo: Path
    env: dict[str, str]
    branches: list[str]
    before: dict[str, bytes]
    after: dict[str, bytes]

    def tool(self, *arguments: str, where: Path | None = None) -> subprocess.CompletedProcess[str]:
        """Run the command in ``where``, by default the repository."""
        return tool(self.env, where or self.repo, *arguments)


def environment(home: Path) -> dict[str, str]:
    """The environment of all that runs here, which finds the package that is tested."""
    return example.environment(home, PYTHONPATH=os.pathsep.join(filter(None, sys.path)))


def tool(env: dict[str, str], where: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run ``ssot-migrate`` and take whatever comes out."""
    command = [sys.executable, "-m", "ssot_migrate", *arguments]
    return subprocess.run(command, cwd=where, env=env, check=False, capture_output=True, encoding="utf-8")


def make_dirty(repo: Path) -> None:
    """Leave a change unstaged, one staged, one file deleted and one never added."""
    with (repo / "backend" / "app" / "api.py").open("a") as stream:
        stream.write("\n# not committed\n")
    with (repo / "common" / "clock.py").open("a") as stream:
        stream.write("\n# staged\n")
    subprocess.run(["git", "-C", str(repo), "add", "common/clock.py"], check=True)
    (repo / "common" / "ids.py").unlink()
    (repo / "common" / "new.py").write_text("import os\nVALUE = os.environ['NEW']\n")
