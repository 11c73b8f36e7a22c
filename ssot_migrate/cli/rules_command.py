"""``ssot-migrate rules``: the list of rules."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import click


@click.command("rules")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")
def command(form: str) -> None:
    """List the rules: id, name, summary."""
    from ssot_migrate.engine.registry import all_rules

    rules = [{"id": rule.id, "slug": rule.slug, "summary": rule.summary} for rule in all_rules()]
    if form == "json":
        import json

        click.echo(json.dumps(rules))
        return
    from rich.console import Console
    from rich.table import Table

    console = Console(highlight=False)
    table = Table.grid("id", "slug", "summary", padding=(0, 2, 0, 0))
    for rule in rules:
        table.add_row(rule["id"], rule["slug"], rule["summary"])
    console.print(table) if console.is_terminal else _lines(rules)


def _lines(rules: Iterable[Mapping[str, str]]) -> None:
    for rule in rules:
        click.echo(f"{rule['id']}  {rule['slug']:<20} {rule['summary']}")
