"""Services for tests by what the machine has: containers, or local processes where no engine is."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

from shared.isolated_environment import get_env
from test_framework.ssot.compose import ContainerSpec
from test_framework.ssot.real_services import real_services
from test_framework.unified_docker_manager import DockerError, UnifiedDockerManager


@contextmanager
def docker_services(
    services: Path | Sequence[ContainerSpec],
    *,
    urls: Mapping[str, str] | None = None,
    project: str = "ssot-tests",
    keep: bool = False,
    without_engine: Sequence[str] = (),
) -> Iterator[list[str]]:
    """Start the services of a compose file or of specs and tell tests where; give their names.

    ``NAME_HOST`` and ``NAME_PORT`` (the first port) are set, and each variable of ``urls``, where
    ``{name[5432]}`` stands for the host port of a service's port. Where no engine is, the local
    processes ``without_engine`` are started instead; DockerError if there are none.
    """
    with ExitStack() as exits:
        exits.enter_context(get_env().restored())
        try:
            manager = UnifiedDockerManager(project, keep=keep)
        except DockerError:
            if not without_engine:
                raise
            yield list(exits.enter_context(real_services(without_engine)))
            return
        running = exits.enter_context(manager).up(services)
        ports = {name: container.ports for name, container in running.items()}
        variables = {variable: url.format(**ports) for variable, url in (urls or {}).items()}
        for name, published in ports.items():
            prefix = name.upper().replace("-", "_")
            if published:
                first = next(iter(published.values()))
                variables |= {f"{prefix}_HOST": "127.0.0.1", f"{prefix}_PORT": str(first)}
        get_env().update(variables, source="docker services")
        yield list(running)
