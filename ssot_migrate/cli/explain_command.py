"""``ssot-migrate explain``: a rule's page."""

from __future__ import annotations

import click

from ssot_migrate.cli.known_rules import rules_known_at
from ssot_migrate.cli.options import complete_rules, repository_option, trust_option


@click.command("explain")
@click.argument("rule", shell_complete=complete_rules)
@repository_option
@trust_option
def command(rule: str, path: str, trust: tuple[str, ...]) -> None:
    """Show the page of RULE (slug or id), shipped or your own: why, what changes, what is left alone."""
    from rich.console import Console
    from rich.markdown import Markdown

    from ssot_migrate.cli.text import plain, pour
    from ssot_migrate.engine.registry import named

    found = named([rule], rules_known_at(path, trust))[0]
    console = Console()
    page = f"# {found.id} {found.slug}\n\n{found.help}"
    if console.is_terminal:
        console.print(Markdown("\n".join(map(plain, page.split("\n")))))
    else:
        pour(f"{page}\n")
