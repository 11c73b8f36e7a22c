"""Which service a replaced name belongs to, told by the words in it, and what gives the real one."""

from __future__ import annotations

import re
from typing import NamedTuple

from ssot_migrate.index.repository import Repository
from ssot_migrate.model import Role

_WORD = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+")
# A key to an interface, and what something is looked up by, are values.
_VALUES = re.compile(r"api_?keys?|_by_\w+", re.IGNORECASE)
_SENDERS = frozenset({"send", "sends", "sent", "sender", "service", "client", "server", "backend"})


class Service(NamedTuple):
    """A kind of service: the words that tell it, what it is called, and the role that gives a real one."""

    words: frozenset[str]
    label: str
    role: Role | None = None
    instead: str = ""


def _service(words: str, label: str, role: Role | None = None, instead: str = "") -> Service:
    return Service(frozenset(words.split()), label, role, instead)


_STARTED = "start it in a container"
_SERVER = "a server that the test starts"
# In this order: the first whose words stand in the name decides.
SERVICES = (
    _service("websocket websockets ws wss socketio", "a websocket", Role.WEBSOCKET),
    _service("redis aioredis fakeredis redlock", "Redis", Role.DOCKER, _STARTED),
    _service("clickhouse", "ClickHouse", Role.DOCKER, _STARTED),
    _service(
        "kafka rabbit rabbitmq amqp pika celery sqs pubsub nats", "a message broker", Role.DOCKER, _STARTED
    ),
    _service("docker compose container containers podman", "Docker", Role.DOCKER),
    _service(
        "llm openai anthropic gemini gpt claude ollama langchain",
        "the language model",
        instead="ask the real model, with a budget, or move the test to the unit layer",
    ),
    _service(
        "db database sqlalchemy postgres postgresql psycopg psycopg2 asyncpg mysql sqlite sqlite3"
        " mongo mongodb mongomock pymongo sessionmaker sessionlocal orm",
        "a database",
        Role.DATABASE,
    ),
    _service(
        "requests httpx aiohttp urllib urllib3 urlopen http https httpretty respx aioresponses api",
        "an HTTP service",
        instead=f"call the real one, or {_SERVER}",
    ),
    _service("smtp smtplib sendgrid mailer imap", "a mail server", instead=f"send to {_SERVER}"),
    _service(
        "s3 boto boto3 botocore moto gcs bucket dynamodb aws",
        "a cloud service",
        Role.DOCKER,
        "start an emulator in a container",
    ),
    _service("auth oauth jwt", "the authentication service", instead="sign in at the real one"),
    _service("subprocess popen", "a process", instead="start the real program"),
    _service("session", "a database", Role.DATABASE),
)
# What has no service behind it: the clock, the dice, the process itself, its settings.
_OWN = frozenset(
    {
        *(
            "time",
            "datetime",
            "sleep",
            "monotonic",
            "random",
            "uuid",
            "uuid4",
            "sys",
            "os",
            "logging",
            "logger",
        ),
        *(
            "log",
            "warnings",
            "builtins",
            "environ",
            "getenv",
            "env",
            "signal",
            "platform",
            "tempfile",
            "pathlib",
        ),
        *("settings", "config", "configuration"),
    }
)


def service_of(name: str) -> Service | None:
    """The service that a dotted name or the names of variables speak of; None if their words tell none.

    What is nearest to the thing itself tells first: the method before its class, that before its module.
    """
    for dotted in name.split():
        for part in reversed(dotted.split(".")):
            words = _telling(part)
            if found := next((service for service in SERVICES if service.words & words), None):
                return found
    return None


def _telling(part: str) -> set[str]:
    """The words of one name, without those that say how a thing is found; who sends mail is a mail server."""
    words = _words(_VALUES.sub("", part))
    mails = {"email", "emails", "mail"} & words and _SENDERS & words
    return words | {"mailer"} if mails else words


def is_own(target: str) -> bool:
    """Whether what is replaced is the process's own: a clock, dice, streams, settings."""
    first, last = target.partition(".")[0], target.rpartition(".")[2]
    return service_of(last) is None and (first.lower() in _OWN or bool(_words(last) & _OWN))


def _words(name: str) -> set[str]:
    return {word.lower() for word in _WORD.findall(name)} | set(re.split(r"[^a-z0-9]+", name.lower()))


def instead(service: Service | None, repo: Repository) -> str:
    """What a person should use in place of the replacement."""
    if service is None:
        return "call the real thing, or move the test to the unit layer"
    target = repo.target(service.role) if service.role else None
    how = service.instead or "start one for the test"
    if target:
        how = (
            f"{target.module}.{target.name} gives it"
            if not service.instead
            else f"{how}, with {target.module}.{target.name}"
        )
    return f"{service.label} is there to be used for real: {how}"
