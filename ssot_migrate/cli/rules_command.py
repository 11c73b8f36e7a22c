"""``ssot-migrate rules``: the list of rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import click

from ssot_migrate.cli.known_rules import rules_known_at
from ssot_migrate.cli.options import repository_option, trust_option


@click.command("rules")
@repository_option
@trust_option
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")
def command(form: str, path: str, trust: tuple[str, ...]) -> None:
    """List the rules, those of the repository's own settings among them: id, name, summary."""
    known = rules_known_at(path, trust)
    rules = [{"id": rule.id, "slug": rule.slug, "summary": rule.summary} for rule in known]
    if form == "json":
        import json

        click.echo(json.dumps(rules))
        return
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    from ssot_migrate.cli.text import plain

    console = Console(highlight=False)
    table = Table.grid("id", "slug", "summary", padding=(0, 2, 0, 0))
    for rule in rules:
        table.add_row(*(Text(plain(rule[name])) for name in ("id", "slug", "summary")))
    console.print(table) if console.is_terminal else _lines(rules)


def _lines(rules: Iterable[Mapping[str, str]]) -> None:
    from ssot_migrate.cli.text import say

    for rule in rules:
        say(f"{rule['id']}  {rule['slug']:<20} {rule['summary']}")
