"""Typed reads of the process environment.

Every helper reads at call time, so a process that is reconfigured with
``kill -HUP`` picks the new values up without a restart.
"""
from __future__ import annotations

import os
import re

TRUE_WORDS = frozenset({"1", "true", "yes", "on"})
FALSE_WORDS = frozenset({"0", "false", "no", "off", ""})

_DURATION = re.compile(r"^(\d+)(ms|s|m|h|d)?$")
_UNITS = {"ms": 0.001, "s": 1.0, "m": 60.0, "h": 3600.0, "d": 86400.0, None: 1.0}


class ConfigError(ValueError):
    """A variable is missing or does not mean what it should."""


def required(name):
    """The value of ``name``; an empty value counts as missing."""
    try:
        value = os.environ[name]
    except KeyError:
        raise ConfigError("%s is not set" % name) from None
    if not value.strip():
        raise ConfigError("%s is empty" % name)
    return value


def read_bool(name: str, default: bool = False) -> bool:
    raw = os.environ.get(name)
    if raw is None:
        return default
    word = raw.strip().lower()
    if word in TRUE_WORDS:
        return True
    if word in FALSE_WORDS:
        return False
    raise ConfigError(f"{name} must be a yes/no word, not {raw!r}")


def read_int(name: str, default: int, minimum: int | None = None) -> int:
    raw = os.getenv(name)
    if raw is None or raw == "":
        return default
    try:
        value = int(raw)
    except ValueError:
        raise ConfigError(f"{name} must be a whole number, not {raw!r}") from None
    if minimum is not None and value < minimum:
        raise ConfigError(f"{name} must be at least {minimum}, not {value}")
    return value


def read_list(name: str, sep: str = ",") -> list[str]:
    """The parts of a separated list, blanks dropped, order kept."""
    parts = os.environ.get(name, "").split(sep)
    return [part.strip() for part in parts if part.strip()]


def read_seconds(name: str, default: float) -> float:
    """A duration such as ``250ms``, ``30``, ``30s``, ``5m``, ``2h`` or ``1d``, in seconds."""
    raw = os.getenv(name)
    if not raw:
        return default
    match = _DURATION.match(raw.strip())
    if match is None:
        raise ConfigError(f"{name} is not a duration: {raw!r}")
    return int(match.group(1)) * _UNITS[match.group(2)]


def snapshot(prefix: str) -> dict[str, str]:
    """A copy of all variables that start with ``prefix``, the prefix taken off."""
    return {key[len(prefix):]: value for key, value in os.environ.items() if key.startswith(prefix)}


def service_name(environ=os.environ) -> str:
    """The name that a service reports under; tests hand in a dict instead of the process environment."""
    if "HARBOR_SERVICE" in environ:
        return environ["HARBOR_SERVICE"]
    return environ.get("HOSTNAME", "unknown").split(".")[0]


def is_production() -> bool:
    return os.environ.get("HARBOR_ENV", "dev") in ("prod", "production")
