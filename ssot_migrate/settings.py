"""``[tool.ssot-migrate]`` of pyproject.toml, or ``ssot.toml``, frozen; unknown keys are errors."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from itertools import chain
from string import Formatter
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from ssot_migrate.errors import SettingsError
from ssot_migrate.model import ALL_CATEGORIES, Frozen

DEFAULT_EXCLUDES = (
    *(".venv/", "venv/", "site-packages/", "node_modules/"),
    *(".git/", ".tox/", ".nox/", "__pycache__/", "dist/", "build/"),
    "/ssot-rules/",  # goldens of custom rules
)


_Dotted = Annotated[str, Meta(pattern=r"^$|^[A-Za-z_]\w*(\.[A-Za-z_]\w*)+$")]


class CustomRule(
    Frozen, frozen=True, forbid_unknown_fields=True, rename={"from_": "from", "class_": "class"}
):
    """A team's own rule: uses of the symbol ``from_``, or bases that ``class_`` matches, onto ``to``.

    ``class_`` is a regular expression for a base's whole dotted name, ``near`` a text without which
    no file can hold such a class. ``call`` is a template for calls: ``{to}({0}, timeout={timeout})``.
    """

    id: Annotated[str, Meta(pattern=r"^SSOT9\d\d$")]
    summary: Annotated[str, Meta(min_length=1, max_length=200)]
    from_: _Dotted = ""
    class_: Annotated[str, Meta(max_length=500)] = ""
    near: Annotated[str, Meta(max_length=100)] = ""
    to: _Dotted = ""
    call: Annotated[str, Meta(max_length=500)] = ""
    safety: Literal["safe", "review", "advice"] = "review"
    why: str = ""


class Settings(Frozen, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What a team may set. Globs are git-ignore patterns, relative to the repository's root."""

    services: Annotated[
        dict[str, list[str]],
        Meta(
            description="Globs by service; the first that matches owns a file. Without it, folders that "
            "CODEOWNERS names are services, else the top-level folders that hold Python. "
            "What nobody owns is the service `root`."
        ),
    ] = {}
    exclude: Annotated[
        list[str], Meta(description="Globs of files that no rule looks at, besides the built-in ones below.")
    ] = []
    profile: Annotated[
        str, Meta(description="The shipped profile to migrate onto; see [profiles](profiles.md).")
    ] = "bundled"
    roles: Annotated[
        dict[str, dict[str, object]],
        Meta(description="Roles of your own runtime, laid over the profile; see [profiles](profiles.md)."),
    ] = {}
    rules: Annotated[
        list[str], Meta(description="Only these rules (slug or id), where `--rule` names none; empty: all.")
    ] = []
    policy: Annotated[
        dict[str, str],
        Meta(
            description="By rule slug: `safe` applies its changes for review too, `review` holds even "
            "its safe ones, `off` changes nothing and counts its sites as suppressed."
        ),
    ] = {}
    markers: Annotated[
        list[str],
        Meta(
            description="Words such as `@justified` that, in a comment, suppress every rule on their line, "
            "as `# ssot: allow[...]` does for one."
        ),
    ] = []
    runners: Annotated[
        list[str],
        Meta(
            description="Globs of scripts that run tests by means of their own, besides those that are "
            "seen to: commands that start them are pointed out."
        ),
    ] = []
    weights: Annotated[
        dict[str, Annotated[float, Meta(ge=0, le=1000)]],
        Meta(
            description="What a site of each category weighs in the [score](check.md), from 0 to 1000; "
            "1 where nothing is said."
        ),
    ] = {}
    test_command: Annotated[
        str,
        Meta(
            description="The command that [verify](verify.md) runs, split into words as a shell does; "
            "empty: the unified runner if there is one, else pytest. Nothing else runs it."
        ),
    ] = ""
    test_timeout: Annotated[
        float, Meta(gt=0, description="Seconds after which `verify` ends one run of the test command.")
    ] = 1800.0
    custom: Annotated[
        dict[Annotated[str, Meta(pattern=r"^[a-z]+(-[a-z0-9]+)+$")], CustomRule],
        Meta(description="Rules of your own by name; see [custom rules](custom-rules.md)."),
    ] = {}
    extend: Annotated[
        list[str],
        Meta(
            description="Installed packages with rules in Python; each must be trusted on the command "
            "line, too. See [custom rules](custom-rules.md)."
        ),
    ] = []
    owner: Annotated[
        str, Meta(description="Who answers for deprecated aliases; empty: the service they stand in.")
    ] = ""
    alias_days: Annotated[
        int, Meta(description="After how many days an alias is due to go, counted from the base's commit.")
    ] = 180


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
