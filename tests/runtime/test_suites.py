"""The suites, the validation script and the README, run in a repository that owns a copy of the runtime."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from test_framework.ssot.compliance import check_file

Run = Callable[..., subprocess.CompletedProcess[str]]
RUNNER = "tests/unified_test_runner.py"
VALIDATE = "scripts/validate_test_infrastructure.py"
BASELINE = "tests/mission_critical/ssot_baseline.json"

VIOLATIONS = """
import os as system, unittest
from os import environ, getenv as get
from unittest.mock import Mock, patch
import unittest.mock as um
pytestmark = [pytest.mark.integration]
system.environ["A"] = get("B")
environ.pop("C")
environ.pop("D")  # ALLOW[direct-env-access] the subject of the test
class Case(unittest.TestCase): pass
Mock(); um.AsyncMock(); patch.object(a, "b")
text = "os.environ unittest.TestCase"
if __name__ == "__main__": unittest.main()
""".replace("ALLOW", "ssot: allow")


@pytest.fixture
def run(repository: Path) -> Run:
    """Run a script of the repository."""

    def start(script: str, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        own = ("PYTEST", "PYTHON")
        inherited = {key: value for key, value in os.environ.items() if not key.startswith(own)}
        command = [sys.executable, "-W", "ignore", script, *arguments]
        env = {**inherited, "PYTHONDONTWRITEBYTECODE": "1", **variables}
        return subprocess.run(
            command, cwd=repository, env=env, capture_output=True, text=True, check=False, timeout=300
        )

    return start


def test_violations_are_found_by_name(tmp_path: Path) -> None:
    """Imports and aliases are resolved; text, suppressed lines and the like are not counted."""
    path = tmp_path / "test_it.py"
    path.write_text(VIOLATIONS)
    found = [(each.line, each.rule) for each in check_file(tmp_path, path)]
    assert found == [
        (7, "direct-env-access"),
        (7, "direct-env-access"),
        (8, "direct-env-access"),
        (10, "legacy-base-class"),
        (11, "mock-in-real-layer"),
        (11, "mock-in-real-layer"),
        (11, "mock-in-real-layer"),
        (13, "direct-runner"),
    ]
    path.write_text("from unittest.mock import Mock\nMock()\n")
    assert check_file(tmp_path, path) == []
    path.write_text("syntax error")
    assert [each.rule for each in check_file(tmp_path, path)] == ["unreadable"]


@pytest.mark.heavy
def test_suites_hold_a_repository_to_its_baseline(run: Run, repository: Path) -> None:
    """Fresh it is green; a violation turns suite and script red until it is accepted or gone."""
    suites = ("tests/mission_critical", "--json", "report.json")
    done = run(RUNNER, *suites)
    assert done.returncode == 0, done.stdout + done.stderr
    counts = json.loads((repository / "report.json").read_text())["counts"]
    assert counts == {"passed": 9, "skipped": 3}
    test = repository / "billing" / "test_it.py"
    test.parent.mkdir()
    test.write_text(VIOLATIONS)
    assert run(RUNNER, *suites).returncode == 1
    done = run(VALIDATE)
    assert (done.returncode, "billing/test_it.py:10: legacy-base-class" in done.stdout) == (1, True)
    assert run(VALIDATE, "--write-baseline").returncode == 0
    done = run(VALIDATE)
    assert (done.returncode, "8 violations, 0 in files" in done.stdout) == (0, True), done.stdout
    assert run(RUNNER, *suites).returncode == 0
    test.unlink()
    done = run(RUNNER, *suites)
    assert "test_the_baseline_only_names_files_that_are_there" in done.stdout
    assert done.returncode == 1


def test_validation_sees_a_broken_part(run: Run, repository: Path) -> None:
    """If a team's change breaks what tests stand on, the script names the part."""
    environment = repository / "shared" / "isolated_environment.py"
    environment.write_text(environment.read_text().replace("os.environ[key] = value\n", "pass\n", 1))
    done = run(VALIDATE)
    assert done.returncode == 1
    assert "FAILED environment is live" in done.stdout


AGENT_SERVER = """
import asyncio, json, sys
from websockets.asyncio.server import serve
EVENTS = ["agent_started", "agent_thinking", "tool_executing", "tool_completed", "agent_completed"]
async def work(connection):
    async for message in connection:
        for event in EVENTS[:int(sys.argv[1])]:
            await connection.send(json.dumps({"type": event}))
        if int(sys.argv[1]) < len(EVENTS):
            await connection.close(1011, "agent crashed")
async def main():
    async with serve(work, "127.0.0.1", 0) as server:
        print(server.sockets[0].getsockname()[1], flush=True)
        await asyncio.Event().wait()
asyncio.run(main())
"""


@pytest.fixture(params=[5, 3], ids=["whole", "broken"])
def agent(request: pytest.FixtureRequest) -> Iterator[tuple[str, bool]]:
    """A service with an agent that emits all its events, or breaks half-way."""
    command = [sys.executable, "-c", AGENT_SERVER, str(request.param)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout is not None
        yield f"ws://127.0.0.1:{int(server.stdout.readline())}", request.param == 5
        server.kill()


def test_the_agent_events_suite_on_a_real_service(run: Run, agent: tuple[str, bool]) -> None:
    """It passes where all events come and tells where they stop."""
    url, whole = agent
    suite = "tests/mission_critical/test_websocket_agent_events_suite.py"
    done = run(RUNNER, suite, AGENT_WEBSOCKET_URL=url)
    assert done.returncode == (0 if whole else 1), done.stdout
    assert ("3 passed" if whole else "closed the connection with 1011 agent crashed") in done.stdout


@pytest.mark.heavy
@pytest.mark.usefixtures("servers")
def test_the_readme_s_code_runs(run: Run, repository: Path, readme_blocks: list[str]) -> None:
    """Each block is a test module that passes, on SQLite and on real services alike, without Docker."""
    folder = repository / "tests" / "readme"
    folder.mkdir()
    for number, block in enumerate(readme_blocks):
        (folder / f"test_readme_{number}.py").write_text(block)
    assert run(VALIDATE).returncode == 0, "what is shown does not comply itself"
    nowhere = f"unix://{repository}/no-engine"
    for services in ([], ["--real-services"]):
        done = run(RUNNER, "tests/readme", *services, "--json", "report.json", DOCKER_HOST=nowhere)
        assert done.returncode == 0, done.stdout + done.stderr
        report = json.loads((repository / "report.json").read_text())
        assert (report["counts"], len(readme_blocks)) == ({"passed": 16}, 8)


def test_the_readme_names_files_that_exist(runtime_root: Path) -> None:
    """Every path in it is one of the runtime's."""
    readme = (runtime_root / "test_framework" / "ssot" / "README.md").read_text()
    paths = re.findall(r"`((?:shared|test_framework|tests|scripts)/[\w/]+\.py)`", readme)
    assert len(paths) > 10
    assert [path for path in paths if not (runtime_root / path).exists()] == []
