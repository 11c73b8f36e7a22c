"""Feature flags, one environment variable each: ``HARBOR_FLAG_<NAME>=on|off|<percentage>``."""

from __future__ import annotations

import hashlib
import os

PREFIX = "HARBOR_FLAG_"


class FlagError(ValueError):
    """A flag's value is neither a word nor a percentage."""


def names() -> list[str]:
    """All flags that the environment mentions, sorted."""
    found = []
    for key in os.environ:
        if key.startswith(PREFIX):
            found.append(key[len(PREFIX):].lower())
    return sorted(found)


def raw(name: str) -> str | None:
    key = f"{PREFIX}{name.upper()}"
    if key in os.environ:
        return os.environ[key]
    return None


def percentage(name: str) -> int:
    """How many of a hundred customers see the feature."""
    value = raw(name)
    if value is None or value in ("off", "0"):
        return 0
    if value == "on":
        return 100
    if value.endswith("%"):
        value = value[:-1]
    try:
        share = int(value)
    except ValueError:
        raise FlagError(f"flag {name}: {value!r}") from None
    if not 0 <= share <= 100:
        raise FlagError(f"flag {name}: {share} is not between 0 and 100")
    return share


def is_on(name: str, customer: str = "") -> bool:
    """Whether ``customer`` sees the feature; the same customer always gets the same answer."""
    bucket = int(hashlib.sha256(f"{name}:{customer}".encode()).hexdigest(), 16) % 100
    return bucket < percentage(name)


def switch(name: str, value: str | None) -> str | None:
    """Set a flag for this process and return what it was."""
    key = f"{PREFIX}{name.upper()}"
    before = os.environ.get(key)
    if value is None:
        if key in os.environ:
            del os.environ[key]
    else:
        os.environ[key] = value
    return before


def clear() -> int:
    """Take all flags out of this process's environment; returns how many there were."""
    keys = [key for key in os.environ.keys() if key.startswith(PREFIX)]
    for key in keys:
        del os.environ[key]
    return len(keys)
