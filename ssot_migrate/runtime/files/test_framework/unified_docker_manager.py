"""Containers for tests: up and healthy or a clear error, down afterwards, and nobody else's ever touched."""

from __future__ import annotations

import os
import secrets
import socket
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType
from typing import Any

import docker
from docker.errors import APIError, DockerException, ImageNotFound, NotFound
from docker.models.containers import Container

from test_framework.ssot.compose import ContainerSpec, read_compose

_PROJECT, _OWNER = "ssot.project", "ssot.owner"
_PORT_TAKEN = ("port is already allocated", "address already in use")
_POLL_SECONDS, _PROBE_SECONDS = 0.1, 0.3
_LOG_LINES = 15


class DockerError(RuntimeError):
    """No engine, no image, or a container that does not come up; with the end of its log."""


@dataclass(frozen=True)
class RunningContainer:
    """A healthy container: ``ports`` are the host ports of its own ports."""

    name: str
    ports: Mapping[int, int]
    container: Container

    def logs(self) -> str:
        """Return what the container has written so far."""
        return str(self.container.logs().decode("utf-8", "replace"))


class UnifiedDockerManager:
    """The containers of one project; as a context manager it takes them down at the end."""

    def __init__(self, project: str, *, keep: bool = False) -> None:
        """Connect to the engine, DockerError if there is none; ``keep`` leaves containers for a look.

        What a crashed or keeping process of this project left behind is removed first.
        """
        self.project, self.keep = project, keep
        with _explained("no Docker engine"):
            self._client = docker.from_env()
        self._labels = {_PROJECT: project, _OWNER: _process_name(os.getpid())}
        self._network: Any = None
        self._containers: list[Container] = []
        try:
            self.remove_stale()
        except BaseException:
            self._client.close()
            raise

    def __enter__(self) -> UnifiedDockerManager:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Take everything down, unless it is to be kept."""
        if not self.keep:
            self.down()
        self._client.close()

    def up(self, services: Path | Sequence[ContainerSpec]) -> dict[str, RunningContainer]:
        """Start the services of a compose file or of specs, in order, each when those before are healthy.

        DockerError if one does not come up; everything started is taken down then.
        """
        specs = read_compose(services) if isinstance(services, Path) else services
        running: dict[str, RunningContainer] = {}
        try:
            for spec in specs:
                running[spec.name] = self._start(spec)
        except BaseException:
            if not self.keep:
                self.down()
            raise
        return running

    def down(self) -> None:
        """Remove the containers of this manager, and its network."""
        with _explained("containers could not be removed"):
            for container in reversed(self._containers):
                _remove(container)
            self._containers.clear()
            if self._network is not None:
                self._network.remove()
                self._network = None

    def remove_stale(self) -> int:
        """Remove containers and networks of this project whose process is gone; return how many."""
        label: dict[str, Any] = {"label": f"{_PROJECT}={self.project}"}
        with _explained("stale containers could not be removed"):
            containers = [
                each for each in self._client.containers.list(all=True, filters=label) if _orphaned(each)
            ]
            for container in containers:
                _remove(container)
            networks = [each for each in self._client.networks.list(filters=label) if _orphaned(each)]
            for network in networks:
                network.remove()
        return len(containers) + len(networks)

    def _start(self, spec: ContainerSpec) -> RunningContainer:
        with _explained(f"service {spec.name} could not be started"):
            container = self._create(spec)
            try:
                container.start()
            except APIError as error:
                if not any(text in str(error) for text in _PORT_TAKEN):
                    raise
                # Somebody has the port that was wished for: any other will do.
                container = self._create(replace(spec, ports=dict.fromkeys(spec.ports)))
                container.start()
            _wait_until_healthy(container, spec)
            return RunningContainer(spec.name, _host_ports(container), container)

    def _create(self, spec: ContainerSpec) -> Container:
        if self._network is None:
            name = f"{self.project}-{secrets.token_hex(4)}"
            self._network = self._client.networks.create(name, labels=self._labels)
        try:
            self._client.images.get(spec.image)
        except ImageNotFound:
            self._client.images.pull(spec.image)
        endpoint = self._client.api.create_endpoint_config(aliases=[spec.name])
        loopback: dict[str, Any] = {f"{port}/tcp": ("127.0.0.1", wish) for port, wish in spec.ports.items()}
        container = self._client.containers.create(
            spec.image,
            spec.command,
            name=f"{self.project}-{spec.name}-{secrets.token_hex(4)}",
            labels=self._labels,
            environment=dict(spec.environment),
            ports=loopback,
            healthcheck=spec.engine_healthcheck(),
            volumes=list(spec.volumes),
            network=self._network.name,
            networking_config={self._network.name: endpoint},
        )
        self._containers.append(container)
        return container


@contextmanager
def _explained(problem: str) -> Iterator[None]:
    try:
        yield
    except (DockerException, OSError) as error:
        reason = getattr(error, "explanation", None) or str(error)
        raise DockerError(f"{problem}: {reason}") from error


def _wait_until_healthy(container: Container, spec: ContainerSpec) -> None:
    deadline = time.monotonic() + spec.timeout
    while True:
        container.reload()
        state = container.attrs["State"]
        health = state.get("Health", {}).get("Status")
        if state["Status"] not in ("created", "running"):
            raise _failure(container, spec, f"ended with status {state['ExitCode']}")
        if health == "healthy" or (health is None and _answers(container)):
            return
        if health == "unhealthy":
            raise _failure(container, spec, "is unhealthy")
        if time.monotonic() >= deadline:
            raise _failure(container, spec, f"was not healthy within {spec.timeout:g} s")
        time.sleep(_POLL_SECONDS)


def _failure(container: Container, spec: ContainerSpec, problem: str) -> DockerError:
    log = container.logs(tail=_LOG_LINES).decode("utf-8", "replace")
    checks = container.attrs["State"].get("Health", {}).get("Log") or []
    last = f"\nits last health check: {checks[-1]['Output'].strip()}" if checks else ""
    return DockerError(f"service {spec.name} {problem}{last}\nthe end of its log:\n{log}")


def _answers(container: Container) -> bool:
    return all(_port_answers(port) for port in _host_ports(container).values())


def _port_answers(port: int) -> bool:
    # The engine's proxy accepts at once, and hangs up if nobody listens behind it.
    try:
        with socket.create_connection(("127.0.0.1", port), _PROBE_SECONDS) as probe:
            return probe.recv(1) != b""
    except TimeoutError:
        return True
    except OSError:
        return False


def _host_ports(container: Container) -> dict[int, int]:
    published = container.attrs["NetworkSettings"]["Ports"] or {}
    return {
        int(port.partition("/")[0]): int(hosts[0]["HostPort"]) for port, hosts in published.items() if hosts
    }


def _remove(container: Container) -> None:
    with suppress(NotFound):
        container.remove(force=True, v=True)


def _orphaned(thing: Any) -> bool:  # noqa: ANN401 - a container or a network
    labels = thing.attrs.get("Labels") or thing.attrs.get("Config", {}).get("Labels") or {}
    owner = str(labels.get(_OWNER, ""))
    host, pid, _ = (*owner.split(":"), "", "", "")[:3]
    return host == socket.gethostname() and owner != _process_name(int(pid))


def _process_name(pid: int) -> str:
    """Return what names a process for good: a later one may have its id, but not its start time."""
    try:
        started = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except FileNotFoundError:
        started = "" if _alive(pid) else "gone"
    return f"{socket.gethostname()}:{pid}:{started}"


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True
