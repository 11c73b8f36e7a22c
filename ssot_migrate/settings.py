"""``[tool.ssot-migrate]`` of pyproject.toml, or ``ssot.toml``, frozen; unknown keys are errors."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping

import msgspec

from ssot_migrate.errors import SettingsError
from ssot_migrate.model import Frozen

DEFAULT_EXCLUDES = (
    *(".venv/", "venv/", "site-packages/", "node_modules/"),
    *(".git/", ".tox/", ".nox/", "__pycache__/", "dist/", "build/"),
)


class Settings(Frozen, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What a team may set. Globs are git-ignore patterns, relative to the repository's root."""

    services: dict[str, list[str]] = {}
    exclude: list[str] = []
    bootstrap: list[str] = []
    profile: str = "bundled"
    roles: dict[str, dict[str, object]] = {}
    rules: list[str] = []
    policy: dict[str, str] = {}
    markers: list[str] = []
    owner: str = ""
    alias_days: int = 180
    runners: list[str] = []
    test_paths: list[str] = []
    extend: list[str] = []


def parse_settings(pyproject: bytes | None, ssot: bytes | None) -> Settings:
    """Settings from the two files' contents; ``ssot.toml`` wins where both have them.

    Raises:
        SettingsError: broken TOML, an unknown key, a value of the wrong type.
    """
    table: object = {}
    if pyproject is not None:
        tool = _toml("pyproject.toml", pyproject).get("tool", {})
        table = tool.get("ssot-migrate", {}) if isinstance(tool, Mapping) else {}
        name = "pyproject.toml [tool.ssot-migrate]"
    if ssot is not None:
        table, name = _toml("ssot.toml", ssot), "ssot.toml"
    if not table:
        return Settings()
    try:
        settings = msgspec.convert(table, Settings)
    except msgspec.ValidationError as error:
        raise SettingsError(f"{name}: {error}", hint="see docs/settings.md for all keys") from None
    return _checked(settings, name)


def _checked(settings: Settings, name: str) -> Settings:
    wrong = set(settings.policy.values()) - {"safe", "review", "off"}
    if wrong:
        raise SettingsError(
            f"{name}: policy {sorted(wrong)[0]!r} is none of safe, review, off", hint="see docs/settings.md"
        )
    for service in settings.services:
        if not service or any(ord(char) < 32 for char in service):
            raise SettingsError(
                f"{name}: {service!r} is no name for a service", hint="use letters, digits, - and _"
            )
    return settings


def _toml(name: str, data: bytes) -> dict[str, object]:
    try:
        return tomllib.loads(data.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{name}: {error}", hint="fix the TOML; nothing was read from it") from None
