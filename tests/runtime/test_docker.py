"""Containers on a real engine: healthy or a clear error, nothing left, nobody else's touched."""

from __future__ import annotations

import io
import json
import re
import socket
import subprocess
import sys
import tarfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NoReturn

import docker
import pytest

from container_engine import engine, sockets_forgotten
from shared.isolated_environment import get_env
from test_framework.ssot.compose import ContainerSpec
from test_framework.ssot.docker_test_utility import docker_services
from test_framework.ssot.real_services import ServiceError, find_binary
from test_framework.unified_docker_manager import DockerError, UnifiedDockerManager

pytestmark = [pytest.mark.heavy, pytest.mark.xdist_group("docker")]
IMAGE = "ssot-runtime-test:latest"
PROJECT = "ssot-runtime-test"
OURS: dict[str, str | list[str] | bool] = {"label": f"ssot.project={PROJECT}"}
SERVE = ["/bin/redis-server", "--protected-mode", "no", "--save", ""]
PING = {"test": ["CMD", "/bin/redis-cli", "ping"], "interval": "200ms", "retries": 25}
REDIS = ContainerSpec("cache", IMAGE, SERVE, ports={6379: None}, healthcheck=PING, timeout=30)


@pytest.fixture(scope="session", name="engine")
def engine_with_image(
    tmp_path_factory: pytest.TempPathFactory, cannot_be_had: Callable[[str], NoReturn]
) -> Iterator[docker.DockerClient]:
    """An engine with an image of the host's binaries."""
    with engine(tmp_path_factory.mktemp("docker"), cannot_be_had) as client:
        start = [f"CMD {json.dumps(SERVE)}", "ENV PATH=/bin"]
        repository, tag = IMAGE.split(":")
        client.api.import_image_from_data(root_file_system(cannot_be_had), repository, tag, changes=start)
        yield client
        client.images.remove(IMAGE, force=True)


def root_file_system(cannot_be_had: Callable[[str], NoReturn]) -> bytes:
    """A shell, ``sleep`` and Redis with their libraries: no registry is asked."""
    try:
        redis = find_binary("redis-server")
        programs = [Path("/bin/sh"), Path("/bin/sleep"), redis, redis.with_name("redis-cli")]
    except ServiceError as error:
        cannot_be_had(str(error))
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w", dereference=True) as tar:
        added: set[str] = set()
        for program in programs:
            tar.add(program, f"bin/{program.name}")
            libraries = subprocess.run(
                ["ldd", str(program)], capture_output=True, text=True, check=True
            ).stdout
            for library in set(re.findall(r"/\S+", libraries)) - added:
                tar.add(library, library.lstrip("/"))
                added.add(library)
    return archive.getvalue()


@pytest.fixture(autouse=True)
def _nothing_is_left(engine: docker.DockerClient) -> Iterator[None]:
    yield
    containers = engine.containers.list(all=True, filters=OURS)
    networks = engine.networks.list(filters=OURS)
    for container in containers:
        container.remove(force=True)
    for network in networks:
        network.remove()
    assert (containers, networks) == ([], [])


def ping(port: int) -> bytes:
    """What the Redis on a host port answers."""
    with socket.create_connection(("127.0.0.1", port), 5) as client:
        client.sendall(b"PING\r\n")
        return client.recv(16)


def test_services_are_healthy_when_up() -> None:
    """Each answers on its port, sees the others by name, and shows its log."""
    by_name = {"test": ["CMD", "/bin/redis-cli", "-h", "cache", "ping"], "interval": "200ms", "retries": 25}
    sleep = ["/bin/sh", "-c", "echo $GREETING; exec /bin/sleep 600"]
    other = ContainerSpec("other", IMAGE, sleep, {"GREETING": "hello"}, healthcheck=by_name, timeout=30)
    with UnifiedDockerManager(PROJECT) as manager:
        running = manager.up([REDIS, other])
        assert ping(running["cache"].ports[6379]) == b"+PONG\r\n"
        assert running["other"].logs() == "hello\n"


def test_a_published_port_is_health_enough() -> None:
    """Without a health check, up means that somebody answers behind the port."""
    late = ["/bin/sh", "-c", f"/bin/sleep 1; exec {' '.join(SERVE[:-2])}"]
    with UnifiedDockerManager(PROJECT) as manager:
        running = manager.up([ContainerSpec("late", IMAGE, late, ports={6379: None}, timeout=30)])
        assert ping(running["late"].ports[6379]) == b"+PONG\r\n"


@pytest.mark.parametrize(
    ("spec", "told"),
    [
        (
            ContainerSpec("bad", IMAGE, ["/bin/sh", "-c", "echo trouble; exit 3"], ports={1: None}),
            "service bad ended with status 3\nthe end of its log:\ntrouble",
        ),
        (
            ContainerSpec(
                "bad",
                IMAGE,
                ["/bin/sh", "-c", "echo waiting; exec /bin/sleep 600"],
                ports={1: None},
                timeout=1,
            ),
            "service bad was not healthy within 1 s\nthe end of its log:\nwaiting",
        ),
        (
            ContainerSpec(
                "bad",
                IMAGE,
                ["/bin/sleep", "600"],
                healthcheck={"test": "echo sick; exit 1", "interval": "100ms", "retries": 2},
            ),
            "service bad is unhealthy\nits last health check: sick",
        ),
        (
            ContainerSpec("bad", IMAGE, ["/no/such/program"]),
            "service bad could not be started: .*no such file",
        ),
        (ContainerSpec("bad", "localhost:1/none:none"), "service bad could not be started"),
    ],
)
def test_a_service_that_does_not_come_up_is_an_error(spec: ContainerSpec, told: str) -> None:
    """The error tells how and shows the log; what was started before is taken down."""
    with UnifiedDockerManager(PROJECT) as manager, pytest.raises(DockerError, match=f"(?s){told}"):
        manager.up([REDIS, spec])


def test_a_port_that_is_taken_is_replaced() -> None:
    """A wished port is given, and another one if somebody has it; names never collide."""
    with UnifiedDockerManager(PROJECT) as first, UnifiedDockerManager(PROJECT) as second:
        port = first.up([REDIS])["cache"].ports[6379]
        wish = ContainerSpec("cache", IMAGE, SERVE, ports={6379: port}, healthcheck=PING)
        other = second.up([wish])["cache"].ports[6379]
        assert (other != port, ping(other)) == (True, b"+PONG\r\n")
        first.down()
        assert first.up([wish])["cache"].ports == {6379: port}


OWNER = """
import os, sys
sys.path.insert(0, sys.argv[1])
from test_framework.ssot import service_process
from test_framework.ssot.compose import ContainerSpec
from test_framework.unified_docker_manager import UnifiedDockerManager
with UnifiedDockerManager(sys.argv[2], keep="keep" in sys.argv) as manager:
    manager.up([ContainerSpec("left", sys.argv[3], ["/bin/sleep", "600"])])
    if "keep" not in sys.argv:
        os.kill(os.getpid(), 9)
"""


@pytest.mark.parametrize("how", ["keep", "crash"])
def test_what_was_left_behind_is_removed_next_time(
    how: str, engine: docker.DockerClient, runtime_root: Path
) -> None:
    """Containers of a crashed process, or kept for a look, go at the next start; no others do."""
    strangers = [
        engine.containers.create(IMAGE, ["/bin/sleep", "600"], name=f"stranger-{number}", labels=labels)
        for number, labels in enumerate(({}, {"ssot.project": "another"}))
    ]
    try:
        done = subprocess.run(
            [sys.executable, "-c", OWNER, str(runtime_root), PROJECT, IMAGE, how], check=False
        )
        assert done.returncode == (0 if how == "keep" else -9)
        assert len(engine.containers.list(filters=OURS)) == 1
        with UnifiedDockerManager(PROJECT) as ours:
            assert engine.containers.list(filters=OURS) == []
            ours.up([REDIS])
            with UnifiedDockerManager(PROJECT) as neighbour:
                assert neighbour.remove_stale() == 0
                assert len(engine.containers.list(filters=OURS)) == 1
        assert {each.name for each in engine.containers.list(all=True)} >= {each.name for each in strangers}
    finally:
        for stranger in strangers:
            stranger.remove(force=True)


def test_tests_are_told_where_services_are() -> None:
    """Host, port and the URLs asked for are variables inside, and gone afterwards."""
    urls = {"CACHE_URL": "redis://127.0.0.1:{cache[6379]}/0"}
    with docker_services([REDIS], urls=urls, project=PROJECT) as names:
        port = int(get_env()["CACHE_PORT"])
        assert (names, get_env()["CACHE_HOST"], ping(port)) == (["cache"], "127.0.0.1", b"+PONG\r\n")
        assert get_env()["CACHE_URL"] == f"redis://127.0.0.1:{port}/0"
    assert not {"CACHE_PORT", "CACHE_HOST", "CACHE_URL"} & set(get_env())


@pytest.fixture
def runner(repository: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """The unified runner of a repository with one test, which talks to the service ``cache``."""
    (repository / "compose.yml").write_text(f"services: {{cache: {{image: '{IMAGE}', ports: [6379]}}}}")
    (repository / "tests" / "test_it.py").write_text(
        "import os, socket\n"
        "def test_it(): socket.create_connection((os.environ['CACHE_HOST'], int(os.environ['CACHE_PORT'])))\n"
    )
    command = [sys.executable, "-W", "ignore", "tests/unified_test_runner.py"]

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*command, *arguments], cwd=repository, capture_output=True, text=True, check=False
        )

    return run


def test_the_runner_starts_a_compose_file(
    runner: Callable[..., subprocess.CompletedProcess[str]], engine: docker.DockerClient
) -> None:
    """``--compose`` runs the tests with the containers and takes them down; ``--keep`` leaves them."""
    ours: dict[str, str | list[str] | bool] = {"label": "ssot.project=ssot-tests"}
    for keep, left in ((["--keep"], 1), ([], 0)):
        done = runner("tests/test_it.py", "--compose", "compose.yml", *keep)
        assert (done.returncode, "services up in" in done.stderr) == (0, True), done.stdout + done.stderr
        assert len(engine.containers.list(filters=ours)) == left
    done = runner("tests/test_it.py", "--compose", "none.yml")
    assert (done.returncode, "none.yml" in done.stderr) == (3, True)


def test_the_readme_s_compose_file_runs(
    runner: Callable[..., subprocess.CompletedProcess[str]],
    repository: Path,
    readme_blocks: list[str],
    engine: docker.DockerClient,
) -> None:
    """What the README shows of containers is so, with an engine."""
    (block,) = (block for block in readme_blocks if "docker_services" in block)
    (repository / "tests" / "test_it.py").write_text(block.replace("redis:7", IMAGE))
    done = runner("tests/test_it.py")
    assert (done.returncode, "1 passed" in done.stdout) == (0, True), done.stdout + done.stderr


def test_no_engine_is_one_clear_error_or_local_processes(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    """Without an engine nothing is half done: an error, or the processes that were named instead."""
    monkeypatch.setenv("DOCKER_HOST", f"unix://{tmp_path}/none")
    with sockets_forgotten():
        with pytest.raises(DockerError, match="no Docker engine: "), docker_services([REDIS]):
            pytest.fail("entered")
        with docker_services([REDIS], without_engine=["redis"]) as names:
            assert names == ["redis"]
            assert get_env()["REDIS_URL"].startswith("redis://")
