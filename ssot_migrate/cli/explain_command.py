"""``ssot-migrate explain``: a rule's page."""

from __future__ import annotations

import click


@click.command("explain")
@click.argument("rule")
def command(rule: str) -> None:
    """Show the page of RULE (slug or id): why, what changes, what is left alone."""
    from rich.console import Console
    from rich.markdown import Markdown

    from ssot_migrate.cli.text import plain
    from ssot_migrate.engine.registry import find_rules

    found = find_rules([rule])[0]
    console = Console()
    page = f"# {found.id} {found.slug}\n\n{found.help}"
    if console.is_terminal:
        console.print(Markdown("\n".join(map(plain, page.split("\n")))))
    else:
        click.echo(page)
