"""What the command really prints on the shipped example, with ids and folders that change left out."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import example
from ssot_migrate.plans.model import Plan
from ssot_migrate.plans.store import load

_WIDTH = "100"
_SERVICE = "notifications"
_LINES = 40


class Tour:
    """The example, planned and applied; each method is a passage of the README."""

    def __init__(self, home: Path) -> None:
        """Run everything in ``home``."""
        self.repo = home / "harborline"
        self.env = example.environment(home, COLUMNS=_WIDTH, NO_COLOR="1", CI="1")
        example.lay_out(self.repo, self.env)
        self.planned = self.tool("plan", "--out", str(home / "plan.json"))
        self.plan: Plan = load(home / "plan.json")
        self.applied = self.tool("apply", "--plan", str(home / "plan.json"))
        self.graph = self.own(
            example.run(["git", "log", "--graph", "--all", "--format=%s"], self.repo, self.env)
        )
        self.diff = self.own(self.tool("diff", "--service", _SERVICE, "--rule", "direct-env-access"))

    def tool(self, *arguments: str) -> str:
        """What ``ssot-migrate`` says, whatever its exit status."""
        command = [sys.executable, "-m", "ssot_migrate", *arguments]
        done = subprocess.run(
            command, cwd=self.repo, env=self.env, check=False, capture_output=True, encoding="utf-8"
        )
        if done.stderr:
            raise RuntimeError(f"{command}: {done.stderr}")
        return done.stdout

    def own(self, text: str) -> str:
        """``text`` without what differs from run to run or from version to version."""
        names: Mapping[str, str] = {
            f"{self.repo}/": "",
            self.plan.digest[:12]: "<plan>",
            self.plan.base[:12]: "<base>",
        }
        for found, shown in names.items():
            text = text.replace(found, shown)
        return "\n".join(line.rstrip() for line in text.splitlines())


@cache
def _tour() -> Tour:
    with tempfile.TemporaryDirectory() as home:
        return Tour(Path(home))


def tour_plan() -> str:
    """The dry run."""
    tour = _tour()
    return _console("ssot-migrate plan --out ../plan.json", tour.own(tour.planned))


def tour_apply() -> str:
    """The branches, and how they stand on each other."""
    tour = _tour()
    applied = _console("ssot-migrate apply --plan ../plan.json", tour.own(tour.applied))
    return f"{applied}\n\n{_console('git log --graph --all --format=%s', tour.graph)}"


def tour_diff() -> str:
    """The beginning of one service's diff, behind the files of the runtime."""
    tour = _tour()
    parts = tour.diff.split("diff --git ")
    own = next(part for part in parts if part.startswith(f"a/{_SERVICE}/"))
    lines = f"diff --git {own}".splitlines()[:_LINES]
    return "\n".join(("```diff", *lines, "```"))


def _console(command: str, output: str) -> str:
    return f"```console\n$ {command}\n{output.strip()}\n```"
