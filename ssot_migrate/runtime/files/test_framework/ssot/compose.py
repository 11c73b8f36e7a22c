"""Container services as data, written by hand or read from a compose file."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from shared.isolated_environment import get_env

_READ: Mapping[str, tuple[type, ...]] = {
    "image": (str,),
    "command": (str, list),
    "environment": (dict, list),
    "ports": (list,),
    "healthcheck": (dict,),
    "depends_on": (dict, list),
    "volumes": (list,),
}
# Names, networks and restarts are the manager's own affair.
_IGNORED = frozenset({"container_name", "restart", "networks", "expose", "labels", "profiles"})
_VARIABLE = re.compile(r"\$(?:\$|\{(?P<name>\w+)(?::?-(?P<default>[^}]*))?\})")
_PORT = re.compile(r"(?:(?:[\d.]+:)?(?P<host>\d*):)?(?P<container>\d+)(?:/tcp)?")
_DURATION = re.compile(r"(\d+(?:\.\d+)?)(ms|s|m|h)")
_UNITS = {"ms": 10**6, "s": 10**9, "m": 60 * 10**9, "h": 3600 * 10**9}


class ComposeError(ValueError):
    """A compose file that asks for something that is not supported; names file, service and key."""


@dataclass(frozen=True)
class ContainerSpec:
    """One service: ``ports`` maps a container's port to the host port wished for, or None for any.

    ``healthcheck`` is as in a compose file; ``timeout`` seconds are allowed until it is healthy.
    """

    name: str
    image: str
    command: str | list[str] | None = None
    environment: Mapping[str, str] = field(default_factory=dict)
    ports: Mapping[int, int | None] = field(default_factory=dict)
    healthcheck: Mapping[str, Any] = field(default_factory=dict)
    volumes: tuple[str, ...] = ()
    timeout: float = 60.0

    def engine_healthcheck(self) -> dict[str, Any] | None:
        """Return the health check as the engine takes it, durations in nanoseconds."""
        if not self.healthcheck:
            return None
        if "test" not in self.healthcheck:
            raise ComposeError("a health check needs a test")
        test = self.healthcheck["test"]
        check: dict[str, Any] = {"test": ["CMD-SHELL", test] if isinstance(test, str) else list(test)}
        for name in ("interval", "timeout", "start_period"):
            if name in self.healthcheck:
                check[name] = _nanoseconds(str(self.healthcheck[name]))
        return {**check, "retries": int(self.healthcheck.get("retries", 3))}


def read_compose(path: Path) -> list[ContainerSpec]:
    """Return the file's services, each after those it depends on; ComposeError for what is not supported."""
    services = _services(path)
    for name, service in services.items():
        _check(f"{path}: service {name}", service)
    return [
        _spec(f"{path}: service {name}", name, services[name], path.parent)
        for name in _ordered(services, path)
    ]


def _services(path: Path) -> dict[str, Any]:
    try:
        document = yaml.safe_load(_interpolated(path.read_text("utf-8")))
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ComposeError(f"{path}:{line}: no YAML: {error.problem}") from None
    except (yaml.YAMLError, UnicodeDecodeError):
        raise ComposeError(f"{path}: no text in UTF-8") from None
    services = document.get("services") if isinstance(document, dict) else None
    if not isinstance(services, dict):
        raise ComposeError(f"{path}: no services")
    return services


def _check(where: str, service: object) -> None:
    if not isinstance(service, dict) or not service.get("image"):
        raise ComposeError(f"{where}: needs an image")
    for key, value in service.items():
        if key not in _IGNORED and not isinstance(value, _READ.get(key, ())):
            raise ComposeError(f"{where}: {key} is not supported")
    for entry in service.get("ports", ()):
        if not _PORT.fullmatch(str(entry)):
            raise ComposeError(f"{where}: port {entry!r} is not supported")


def _ordered(services: Mapping[str, Any], path: Path) -> list[str]:
    ordered: list[str] = []
    while len(ordered) < len(services):
        ready = [
            name
            for name, service in services.items()
            if name not in ordered and set(service.get("depends_on", ())) <= set(ordered)
        ]
        if not ready:
            raise ComposeError(
                f"{path}: depends_on names a service that is not there, or goes round in a circle"
            )
        ordered += ready
    return ordered


def _spec(where: str, name: str, service: Mapping[str, Any], folder: Path) -> ContainerSpec:
    environment = service.get("environment", {})
    if isinstance(environment, list):
        environment = dict(entry.partition("=")[::2] for entry in environment)
    volumes = [str(volume) for volume in service.get("volumes", ())]
    spec = ContainerSpec(
        name=name,
        image=service["image"],
        command=service.get("command"),
        environment={key: "" if value is None else str(value) for key, value in environment.items()},
        ports=dict(_port(str(entry)) for entry in service.get("ports", ())),
        healthcheck=service.get("healthcheck", {}),
        volumes=tuple(
            str(folder.resolve()) + volume[1:] if volume.startswith("./") else volume for volume in volumes
        ),
    )
    try:
        spec.engine_healthcheck()
    except (ValueError, TypeError) as error:
        raise ComposeError(f"{where}: healthcheck: {error}") from None
    return spec


def _port(entry: str) -> tuple[int, int | None]:
    match = _PORT.fullmatch(entry)
    assert match is not None
    return int(match["container"]), int(match["host"]) if match["host"] else None


def _interpolated(text: str) -> str:
    def value(match: re.Match[str]) -> str:
        if match["name"] is None:
            return "$"
        return get_env().get(match["name"]) or match["default"] or ""

    return _VARIABLE.sub(value, text)


def _nanoseconds(duration: str) -> int:
    parts = _DURATION.findall(duration)
    if not parts or "".join(number + unit for number, unit in parts) != duration:
        raise ComposeError(f"{duration!r} is no duration")
    return int(sum(float(number) * _UNITS[unit] for number, unit in parts))
