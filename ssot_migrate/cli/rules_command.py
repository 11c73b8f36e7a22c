"""``ssot-migrate rules``: the list of rules."""

from __future__ import annotations

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
    for rule in rules:
        click.echo(f"{rule['id']}  {rule['slug']:<20} {rule['summary']}")
