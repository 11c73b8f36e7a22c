"""``make demo``: plan, apply and init on the shipped legacy monorepo, with every claim checked.

Everything happens in a folder of its own, which stays for you to look around in.
The exit status is 1 if a claim does not hold.
"""

from __future__ import annotations

import argparse
import shlex
import subprocess
import sys
import tempfile
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path

import example
from ssot_migrate.errors import ExitCode
from ssot_migrate.plans.store import load

DIRTY = "backend/app/api.py"
SHOWN = "notifications"
TOOL = (sys.executable, "-m", "ssot_migrate")


class Demo:
    """One run: where it happens, whether on real services, and which claims did not hold."""

    def __init__(self, home: Path) -> None:
        """Use ``home``, which is empty."""
        self.home, self.repo = home, home / "harborline"
        self.env = example.environment(home, COLUMNS="100", NO_COLOR="1")
        self.broken: list[str] = []
        self.real = False

    def title(self, text: str) -> None:
        """Begin a step."""
        print(f"\n=== {text}", flush=True)

    def claim(self, text: str, holds: bool) -> None:
        """Say whether what we promise is so."""
        print(f"{'holds' if holds else 'DOES NOT HOLD'}: {text}", flush=True)
        if not holds:
            self.broken.append(text)

    def show(
        self, shown: str, command: Sequence[str], where: Path, *, most: int = 40, fine: Sequence[int] = (0,)
    ) -> None:
        """Run ``command``, show it as one would type it, and at most ``most`` lines of what it says.

        Raises:
            SystemExit: its exit status is none of ``fine``, so that there is no going on.
        """
        print(f"\n$ {shown}", flush=True)
        done = subprocess.run(
            command, cwd=where, env=self.env, check=False, stdout=-1, stderr=-2, encoding="utf-8"
        )
        lines = [line.rstrip() for line in done.stdout.splitlines()]
        cut = [f"… {len(lines) - most} more lines"] if len(lines) > most else []
        print("\n".join([*lines[:most], *cut]), flush=True)
        if done.returncode not in fine:
            raise SystemExit(f"demo: exit status {done.returncode} of: {shown}")

    def git(self, arguments: str, where: Path | None = None, most: int = 40) -> None:
        """Run git as typed."""
        self.show(f"git {arguments}", ["git", *shlex.split(arguments)], where or self.repo, most=most)

    def tool(self, arguments: str, where: Path | None = None, most: int = 40) -> None:
        """Run ssot-migrate as typed; files that it could not read are part of the example."""
        command = [*TOOL, *shlex.split(arguments)]
        fine = (ExitCode.OK, ExitCode.PARTIAL)
        self.show(f"ssot-migrate {arguments}", command, where or self.repo, most=most, fine=fine)

    def tests(
        self, name: str, shown: str, command: Sequence[str], where: Path, env: Mapping[str, str]
    ) -> Counter[example.Case]:
        """Run a suite that reports to ``report(name)``, show how it ends; its tests and outcomes."""
        print(f"\n$ cd {where} && {shown}", flush=True)
        done = subprocess.run(
            command, cwd=where, env=env, check=False, stdout=-1, stderr=-2, encoding="utf-8"
        )
        green = done.returncode == 0
        told = [line for line in done.stdout.splitlines() if line.startswith("unified_test_runner:")]
        print("\n".join([*told, *done.stdout.splitlines()[-1 if green else -60 :]]), flush=True)
        self.claim(f"the {name} suite is green", green)
        return example.cases(self.report(name))

    def report(self, name: str) -> Path:
        """Where a suite's JUnit report goes."""
        return self.home / f"{name}.xml"


def before(demo: Demo) -> Counter[example.Case]:
    """The legacy monorepo, its suite, and a file that somebody is working on."""
    demo.title("A legacy monorepo, with a test suite that runs")
    print(f"{example.SOURCE.name} is now a git repository: {demo.repo}")
    example.lay_out(demo.repo, demo.env)
    demo.git("log --oneline --shortstat")
    legacy = on_services(demo)
    with (demo.repo / DIRTY).open("a", encoding="utf-8") as stream:
        stream.write("\n# half a thought, not committed\n")
    demo.git("status --short")
    return legacy


def on_services(demo: Demo) -> Counter[example.Case]:
    """The legacy suite; its integration layer on a real PostgreSQL and Redis where they can be had."""
    command = example.suite(demo.report("legacy"))
    shown = "python -m pytest -q"
    try:
        with example.services(demo.env) as env:
            demo.real = True
            return demo.tests("legacy", f"DATABASE_URL=… REDIS_URL=… {shown}", command, demo.repo, env)
    except RuntimeError as error:
        print(f"no real services here, so their tests are skipped: {error}")
        return demo.tests("legacy", shown, command, demo.repo, demo.env)


def migrate(demo: Demo) -> list[str]:
    """Plan, apply, and look at what came out; the branches."""
    untouched = example.state(demo.repo)
    demo.title("Plan: a dry run that writes nothing but the plan")
    demo.tool("plan --out ../plan.json")
    demo.title("Apply: one branch per service, from git objects")
    demo.tool("apply --plan ../plan.json --report ../reports")
    demo.claim("working tree, index and HEAD are as they were", example.state(demo.repo) == untouched)
    demo.git("log --oneline --graph --all")
    names = example.branches(demo.repo, demo.env)
    demo.claim("there are branches", bool(names))
    demo.title("One branch: its report and its diff")
    report = f"../reports/{SHOWN}/report.md"
    demo.show(f"head -n 30 {report}", ["head", "-n", "30", report], demo.repo, most=30)
    both = f"{names[0]}...{next(name for name in names if f'/{SHOWN}/' in name)}"
    demo.git(f"diff --stat {both}", most=12)
    demo.git(f"diff --unified=1 {both}", most=60)
    return names


def after(demo: Demo, legacy: Counter[example.Case], names: Sequence[str]) -> None:
    """All branches together and the rest of the runtime: the suite by the unified runner, another plan."""
    demo.title("All branches merged, the runtime completed: the same tests, the same outcomes")
    migrated = demo.home / "migrated"
    print(f"\n$ git worktree add -b {migrated.name} {migrated} main && cd {migrated}")
    print("\n".join(f"$ git merge {name}" for name in names), flush=True)
    example.merged(demo.repo, migrated, names, demo.env)
    demo.tool("init", migrated)
    options = ("--real-services",) if demo.real else ()
    shown = " ".join(("python", "tests/unified_test_runner.py", *options))
    command = example.unified(demo.report("migrated"), *options)
    outcomes = demo.tests("migrated", shown, command, migrated, demo.env)
    demo.claim(
        f"same tests, same outcomes: {legacy.total()} before, {outcomes.total()} after", outcomes == legacy
    )
    for case in sorted((legacy - outcomes) + (outcomes - legacy)):
        print(f"  {'before' if case in legacy else 'after'}: {case.test} {case.outcome}")
    critical(demo, migrated)
    demo.title("Plan again: nothing safe is left to do")
    demo.git("add --all", migrated)
    demo.git("commit --quiet --message='The whole runtime'", migrated)
    demo.tool("plan --out ../again.json", migrated)
    demo.claim("the second plan changes no file", load(demo.home / "again.json").files == ())


def critical(demo: Demo, migrated: Path) -> None:
    """The suites that ``init`` has brought, against the example's own websocket service."""
    demo.title("The suites that came with the runtime, on the example's own agents")
    baseline = "scripts/validate_test_infrastructure.py --write-baseline"
    demo.show(f"python {baseline}", [sys.executable, *baseline.split()], migrated)
    suites = "tests/mission_critical"
    shown = f"AGENT_WEBSOCKET_URL=… python tests/unified_test_runner.py {suites}"
    with example.live_agents(migrated, demo.env) as env:
        found = demo.tests("critical", shown, example.unified(demo.report("critical"), suites), migrated, env)
    demo.claim("none of it was skipped", {case.outcome for case in found} == {"passed"})


def main() -> int:
    """Run the demo; the exit status."""
    parser = argparse.ArgumentParser(description="Plan, apply and init on the shipped legacy monorepo.")
    parser.add_argument("--at", metavar="DIR", type=Path, help="a folder that does not exist yet")
    chosen: Path | None = parser.parse_args().at
    if chosen:
        chosen.mkdir(parents=True)
    home = chosen.resolve() if chosen else Path(tempfile.mkdtemp(prefix="ssot-migrate-demo-"))
    demo = Demo(home)
    legacy = before(demo)
    after(demo, legacy, migrate(demo))
    print(f"\nEverything is still there to look at: {home}")
    print(f"{len(demo.broken)} claims do not hold" if demo.broken else "Every claim holds.")
    return 1 if demo.broken else 0


if __name__ == "__main__":
    sys.exit(main())
