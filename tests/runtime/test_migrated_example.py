"""End to end: the example's suite before, and after plan, apply and init by the unified runner, for real."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

import example
from ssot_migrate.errors import ExitCode
from ssot_migrate.runtime.catalog import runtime_files

pytestmark = [
    pytest.mark.heavy,
    pytest.mark.xdist_group("migrated-example"),
    pytest.mark.usefixtures("servers"),
]
# What needs a real PostgreSQL, Redis or websocket, and would be skipped without.
REAL = ("WarehouseOnPostgres", "test_redis_sessions", "LiveWebSocket")


class Migrated(NamedTuple):
    """The example before, and a tree with all branches merged and the whole runtime in it."""

    home: Path
    legacy: Path
    tree: Path
    env: dict[str, str]


def run(command: Sequence[str], where: Path, env: Mapping[str, str]) -> subprocess.CompletedProcess[str]:
    """Run a command that must end by itself."""
    return subprocess.run(
        command, cwd=where, env=env, check=False, capture_output=True, text=True, timeout=300
    )


@pytest.fixture(scope="module")
def migrated(tmp_path_factory: pytest.TempPathFactory) -> Migrated:
    """Plan, apply, merge, init."""
    home = tmp_path_factory.mktemp("migrated")
    tool_env = example.environment(home, PYTHONPATH=os.pathsep.join(filter(None, sys.path)))
    env = example.environment(home)
    repo = example.lay_out(home / "legacy", env)
    tool = [sys.executable, "-m", "ssot_migrate"]
    done = run([*tool, "apply", "--report", str(home / "reports")], repo, tool_env)
    assert done.returncode in (ExitCode.OK, ExitCode.PARTIAL), done.stderr
    tree = example.merged(repo, home / "tree", example.branches(repo, env), env)
    done = run([*tool, "init"], tree, tool_env)
    assert done.returncode == ExitCode.OK, done.stderr
    return Migrated(home, repo, tree, env)


def test_init_has_completed_what_the_plan_began(migrated: Migrated) -> None:
    """Every runtime file is there as shipped, and both ways keep one manifest."""
    files = runtime_files()
    assert {path: (migrated.tree / path).read_bytes() for path in files} == files
    manifest = migrated.tree / "test_framework" / "ssot" / "MANIFEST.sha256"
    assert len(manifest.read_text().splitlines()) == len(files) + (
        not (migrated.legacy / "conftest.py").exists()
    )


def test_same_tests_same_outcomes_on_real_services(
    migrated: Migrated, capsys: pytest.CaptureFixture[str]
) -> None:
    """The legacy suite by pytest and the migrated one by the unified runner agree, test by test."""
    with example.services(migrated.env) as env:
        before = run(example.suite(migrated.home / "before.xml"), migrated.legacy, env)
    assert before.returncode == 0, before.stdout[-6000:]
    command = example.unified(migrated.home / "after.xml", "--real-services")
    after = run(command, migrated.tree, migrated.env)
    assert after.returncode == 0, after.stdout[-6000:] + after.stderr
    took = re.search(r"services up in .*: postgresql, redis", after.stderr)
    assert took, after.stderr
    with capsys.disabled():
        print(f"\n[migrated example: {took[0]}]")
    legacy, outcomes = (example.cases(migrated.home / f"{name}.xml") for name in ("before", "after"))
    assert outcomes == legacy
    real = Counter(case.outcome for case in outcomes if any(name in case.test for name in REAL))
    assert real == {"passed": 12}


def test_the_generated_suites_hold_on_it(migrated: Migrated) -> None:
    """With today's violations accepted all suites pass, the agents' one against the example's own service."""
    accept = [sys.executable, "scripts/validate_test_infrastructure.py", "--write-baseline"]
    assert run(accept, migrated.tree, migrated.env).returncode == 0
    assert run(accept[:2], migrated.tree, migrated.env).returncode == 0
    report = migrated.home / "critical.xml"
    with example.live_agents(migrated.tree, migrated.env) as env:
        done = run(example.unified(report, "tests/mission_critical"), migrated.tree, env)
    assert done.returncode == 0, done.stdout[-6000:]
    assert {case.outcome for case in example.cases(report)} == {"passed"}


def test_the_agents_suite_sees_a_broken_tool(migrated: Migrated) -> None:
    """If the example's agents lose their tool, the suite tells which event is missing."""
    live = migrated.tree / "backend" / "app" / "live.py"
    text = live.read_text()
    live.write_text(text.replace('tools.register("classify"', 'tools.register("classified"'))
    report = migrated.home / "broken.xml"
    suite = "tests/mission_critical/test_websocket_agent_events_suite.py"
    with example.live_agents(migrated.tree, {**migrated.env, "AGENT_WEBSOCKET_SECONDS": "2"}) as env:
        live.write_text(text)
        done = run(example.unified(report, suite), migrated.tree, env)
    assert done.returncode == 1
    assert "waiting for 'tool_completed'" in done.stdout
    assert "'tool_executing', 'agent_failed'" in done.stdout
