"""Reference pages from the definitions themselves: commands, settings, exit codes, profiles."""

from __future__ import annotations

import inspect
import json
import tomllib
from collections.abc import Iterator
from pathlib import Path

import click
import msgspec

from ssot_migrate.cli.app import app
from ssot_migrate.engine.registry import all_rules
from ssot_migrate.errors import ExitCode, SsotMigrateError
from ssot_migrate.fleet.config import Fleet, Forge, Group
from ssot_migrate.settings import DEFAULT_EXCLUDES, Settings
from ssot_migrate.settings.model import CATEGORIES, DUPLICATES, TEAM_CATEGORY

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "ssot_migrate"


def commands() -> str:
    """Every command with its arguments and options."""
    with click.Context(app, info_name="ssot-migrate") as context:
        names = app.list_commands(context)
        found = [(name, app.get_command(context, name)) for name in names]
    return "\n".join(line for name, command in found if command for line in _command(name, command))


def _command(name: str, command: click.Command) -> Iterator[str]:
    arguments = [p for p in command.params if isinstance(p, click.Argument)]
    options = [p for p in command.params if isinstance(p, click.Option)]
    shown = [p.human_readable_name if p.required else f"[{p.human_readable_name}]" for p in arguments]
    usage = " ".join(["ssot-migrate", name, *(["[OPTIONS]"] if options else []), *shown])
    yield from (f"## {name}", "", "```text", usage, "```", "", inspect.cleandoc(command.help or ""), "")
    if options:
        yield from ("| Option | Meaning |", "|---|---|", *map(_option, options), "")


def _option(option: click.Option) -> str:
    value = ""
    if isinstance(option.type, click.Choice):
        value = " " + "\\|".join(option.type.choices)
    elif not option.is_flag:
        value = f" {option.metavar or option.human_readable_name.upper()}"
    default = f" Default: `{option.default}`." if isinstance(option.default, str) else ""
    return f"| `{', '.join(option.opts)}{value}` | {option.help or ''}{default} |".replace("  ", " ")


def categories() -> str:
    """The categories of the score, with the rules that each has now."""
    rules = {
        name: [r for r in all_rules() if r.category == name] for name in (*CATEGORIES.values(), DUPLICATES)
    }
    rows = (
        f"| `{name}` | {', '.join(f'[{rule.slug}](rules/{rule.slug}.md)' for rule in own)} |"
        for name, own in rules.items()
    )
    team = f"| `{TEAM_CATEGORY}` | rules of your own |"
    return "\n".join(("| Category | Rules |", "|---|---|", *rows, team))


def exit_codes() -> str:
    """The exit codes."""
    rows = (f"| {code.value} | {code.name.lower()} | {code.meaning} |" for code in ExitCode)
    return "\n".join(("| Exit code | Name | When |", "|---:|---|---|", *rows))


def error_codes() -> str:
    """The ``code`` of each error, in the JSON that ``--format json`` prints for it."""
    kinds: list[type[SsotMigrateError]] = [SsotMigrateError, *_below(SsotMigrateError)]
    rows = (f"| `{k.code}` | {k.exit_code.value} | {_first_line(k)} |" for k in kinds)
    return "\n".join(("| `code` | Exit code | What it is |", "|---|---:|---|", *rows))


def _below(kind: type[SsotMigrateError]) -> Iterator[type[SsotMigrateError]]:
    for derived in kind.__subclasses__():
        yield derived
        yield from _below(derived)


def _first_line(thing: object) -> str:
    return (inspect.getdoc(thing) or "").partition("\n")[0].replace("``", "`")


def settings() -> str:
    """Every key with its default and meaning."""
    return _keys(Settings)


def fleet_settings() -> str:
    """Every key of a fleet.toml."""
    parts = (("", Fleet), ("[[group]]", Group), ("[group.forge]", Forge))
    return "\n\n".join(f"`{name}`\n\n{_keys(kind)}" if name else _keys(kind) for name, kind in parts)


def _keys(kind: type[msgspec.Struct]) -> str:
    rows = map(_setting, msgspec.structs.fields(kind))
    return "\n".join(("| Key | Default | Meaning |", "|---|---|---|", *rows))


def _setting(field: msgspec.structs.FieldInfo) -> str:
    unset = isinstance(field.default_factory, type)
    default = field.default_factory() if unset else field.default
    meaning = " ".join(meta.description for meta in field.type.__metadata__ if meta.description)
    shown = "" if field.required else f"`{json.dumps(default)}`"
    return f"| `{field.encode_name}` | {shown} | {meaning} |"


def default_excludes() -> str:
    """What is excluded without being named."""
    return ", ".join(f"`{pattern}`" for pattern in DEFAULT_EXCLUDES) + "."


def settings_example() -> str:
    """The settings of the shipped example."""
    text = (ROOT / "examples" / "legacy-monorepo" / "pyproject.toml").read_text("utf-8")
    own = text[text.index("[tool.ssot-migrate]") :]
    return f"```toml\n{own.strip()}\n```"


def profiles() -> str:
    """The shipped profiles, a table each."""
    return "\n".join(
        line for path in sorted((PACKAGE / "profiles").glob("*.toml")) for line in _profile(path)
    ).rstrip("\n")


def _profile(path: Path) -> Iterator[str]:
    data = tomllib.loads(path.read_text("utf-8"))
    brought = "`plan` brings its sources along" if data.get("vendored") else "its sources are yours"
    yield from (f"### {data['name']}", "", f"{brought[0].upper()}{brought[1:]}.", "")
    yield from ("| Role | Imported as | Class that is read | Claims |", "|---|---|---|---|")
    for role, spec in data["roles"].items():
        claims = ", ".join(f"`{claim}`" for claim in spec.get("claims", ()))
        provider = f"`{spec['provider']}`" if "provider" in spec else ""
        yield f"| `{role}` | `from {spec['module']} import {spec['name']}` | {provider} | {claims} |"
    yield ""
