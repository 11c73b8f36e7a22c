"""Compose files: read as data, in the order of dependencies, and nothing passed over in silence."""

from __future__ import annotations

from pathlib import Path

import pytest

from test_framework.ssot.compose import ComposeError, ContainerSpec, read_compose


@pytest.fixture
def compose(tmp_path: Path) -> Path:
    """Where the compose file is written."""
    return tmp_path / "compose.yml"


def test_services_come_after_what_they_depend_on(compose: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each key is read, variables are filled in, relative volumes are the file's."""
    monkeypatch.setenv("TAG", "7")
    monkeypatch.delenv("OTHER", raising=False)
    compose.write_text(
        """
services:
  web:
    image: web:${OTHER:-latest}
    container_name: fixed
    depends_on: {db: {condition: service_healthy}, cache: {}}
    environment: [A=1, "B=x=y", C]
    ports: ["8080:80", 9000, "127.0.0.1:5000:50/tcp", ":60"]
  cache:
    image: redis:${TAG}
    command: ["redis-server", "--save", "$$x"]
    depends_on: [db]
    volumes: ["./data:/data", "named:/x"]
  db:
    image: postgres
    environment: {POSTGRES_PASSWORD: 5, EMPTY: null}
    healthcheck: {test: pg_isready, interval: 1m30s, timeout: 500ms, retries: 2, start_period: 1.5s}
"""
    )
    db, cache, web = read_compose(compose)
    assert (db.name, cache.name, web.name) == ("db", "cache", "web")
    assert (web.image, cache.image, cache.command) == (
        "web:latest",
        "redis:7",
        ["redis-server", "--save", "$x"],
    )
    assert web.environment == {"A": "1", "B": "x=y", "C": ""}
    assert db.environment == {"POSTGRES_PASSWORD": "5", "EMPTY": ""}
    assert web.ports == {80: 8080, 9000: None, 50: 5000, 60: None}
    assert cache.volumes == (f"{compose.parent}/data:/data", "named:/x")
    assert db.engine_healthcheck() == {
        "test": ["CMD-SHELL", "pg_isready"],
        "interval": 90 * 10**9,
        "timeout": 5 * 10**8,
        "start_period": 15 * 10**8,
        "retries": 2,
    }
    assert ContainerSpec("x", "y").engine_healthcheck() is None


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("[]", "no services"),
        ("services: {a: {build: .}}", "service a: needs an image"),
        ("services: {a: {image: x, privileged: true}}", "service a: privileged is not supported"),
        ("services: {a: {image: x, ports: 80}}", "service a: ports is not supported"),
        ("services: {a: {image: x, depends_on: [b]}, b: {image: x, depends_on: [a]}}", "circle"),
        ("services: {a: {image: x, depends_on: [none]}}", "not there"),
        ("services: {a: {image: ''}}", "service a: needs an image"),
        ("services: {a: null}", "service a: needs an image"),
        ("services:\n  a: {image: x\n", "no YAML: "),
        ("services: {a: {image: x, ports: ['a:80']}}", "service a: port 'a:80' is not supported"),
        ("services: {a: {image: x, ports: ['53:53/udp']}}", "service a: port '53:53/udp'"),
        ("services: {a: {image: x, ports: [{target: 80}]}}", "service a: port {'target': 80}"),
        ("services: {a: {image: x, healthcheck: {interval: 5s}}}", "service a: healthcheck: .* needs a test"),
        (
            "services: {a: {image: x, healthcheck: {test: t, interval: 5x}}}",
            "healthcheck: '5x' is no duration",
        ),
        ("services: {a: {image: x, healthcheck: {test: t, retries: some}}}", "service a: healthcheck: "),
    ],
)
def test_what_is_not_supported_is_named(text: str, told: str, compose: Path) -> None:
    """The error names file, service and key; the service is not started some other way."""
    compose.write_text(text)
    with pytest.raises(ComposeError, match=f"compose.yml:.*{told}"):
        read_compose(compose)


def test_a_file_that_is_no_text_is_named(compose: Path) -> None:
    """Bytes of something else are the same kind of error."""
    compose.write_bytes(b"\xff\xfe\x00")
    with pytest.raises(ComposeError, match="compose.yml: no text in UTF-8"):
        read_compose(compose)


def test_a_wrong_duration_is_an_error() -> None:
    """A typo does not become another time."""
    spec = ContainerSpec("x", "y", healthcheck={"test": ["NONE"], "interval": "5x"})
    with pytest.raises(ComposeError, match="'5x' is no duration"):
        spec.engine_healthcheck()
