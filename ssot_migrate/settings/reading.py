"""Settings from their two files: broken TOML and values that mean nothing are errors that name the file."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from itertools import chain
from string import Formatter

import msgspec

from ssot_migrate.errors import SettingsError
from ssot_migrate.settings.model import ALL_CATEGORIES, CustomRule, Settings


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
    for category in sorted(settings.weights.keys() - {*ALL_CATEGORIES}):
        known = ", ".join(ALL_CATEGORIES)
        raise SettingsError(
            f"{name}: weights: there is no category {category!r}", hint=f"categories: {known}"
        )
    _check_globs(settings, name)
    for slug, rule in settings.custom.items():
        if fault := _fault(rule):
            raise SettingsError(f"{name}: custom rule {slug}: {fault}", hint="see docs/custom-rules.md")
    return settings


def _check_globs(settings: Settings, name: str) -> None:
    if patterns := [*settings.exclude, *settings.runners, *chain.from_iterable(settings.services.values())]:
        from ssot_migrate.globs import globs

        try:
            globs(patterns)
        except SettingsError as error:
            raise SettingsError(f"{name}: {error.message}", hint=error.hint) from None


def _fault(rule: CustomRule) -> str:
    if bool(rule.from_) == bool(rule.class_):
        return "say either `from` or `class`"
    if not rule.to and rule.safety != "advice":
        return "`to` is missing"
    if rule.class_:
        return _class_fault(rule)
    try:
        fields = [parts for parts in Formatter().parse(rule.call) if parts[1] is not None]
    except ValueError as error:
        return f"call: {error}"
    plain = all(
        (name == "to" or name.isidentifier() or name.isdigit()) and not (spec or how)
        for _, name, spec, how in fields
        if name is not None
    )
    return "" if plain else "`call` takes {to}, {0}, {1} and {name}, and nothing else in braces"


def _class_fault(rule: CustomRule) -> str:
    if rule.call:
        return "`call` goes with `from`"
    if len(rule.near) < 3:
        return "`near` must be a text of three letters or more that stands in every file concerned"
    import regex

    try:
        regex.compile(rule.class_)
    except regex.error as error:
        return f"class: {error}"
    return ""


def _toml(name: str, data: bytes) -> dict[str, object]:
    try:
        return tomllib.loads(data.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{name}: {error}", hint="fix the TOML; nothing was read from it") from None
