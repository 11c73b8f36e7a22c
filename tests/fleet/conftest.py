"""Fleets to work on."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import forge_server
from yard import CLEAN, LEGACY, TOKEN, Forge, Yard


@pytest.fixture
def yard(tmp_path: Path) -> Yard:
    """An empty yard."""
    return Yard(tmp_path)


@pytest.fixture
def three(yard: Yard) -> Yard:
    """Two legacy repositories, and one with nothing to do."""
    yard.repository("one", LEGACY)
    yard.repository("two", LEGACY)
    yard.repository("clean", CLEAN)
    yard.fleet()
    return yard


@pytest.fixture(params=["github", "gitlab"])
def forge(request: pytest.FixtureRequest, yard: Yard) -> Iterator[Forge]:
    """One legacy repository with owners at a forge, fetched and pushed over HTTP with a token."""
    kind = request.param
    owners = {"CODEOWNERS": "* @bob\n/app/ @ada @team/platform someone@example.invalid @stranger\n"}
    yard.repository("one", LEGACY | owners)
    yard.git("remotes/one.git", "config", "core.logAllRefUpdates", "always")
    env = yard.env | {"FORGE_TOKEN": TOKEN}
    command = [sys.executable, forge_server.__file__, str(yard.root / "remotes")]
    with subprocess.Popen(command, env=env, stdout=subprocess.PIPE) as server:
        try:
            assert server.stdout
            port = int(server.stdout.readline())
            host, version = f"127.0.0.1:{port}", "v3" if kind == "github" else "v4"
            yard.fleet(
                f'repositories = ["http://{host}/team/one.git"]\n[group.forge]\nkind = "{kind}"\n'
                f'host = "{host}"\napi = "http://{host}/api/{version}"\nlabels = ["ssot"]\ndraft = true'
            )
            yard.env |= {"SSOT_FLEET_TOKEN": TOKEN}
            yield Forge(yard, port, kind)
        finally:
            server.kill()
