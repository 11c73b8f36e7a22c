"""The pages of rules for reports, without loading a rule where no team has its own."""

from __future__ import annotations

from collections.abc import Collection

from ssot_migrate.engine.pages import shipped_pages
from ssot_migrate.workflow.configured import read_settings, standing_repository


def rule_pages(path: str, trust: Collection[str] = ()) -> dict[str, str]:
    """The page of each rule that the settings at ``path`` give, by slug.

    Raises:
        UsageError: settings that make no sense, or a trusted package that cannot be used.
        Refused: a trusted package stands in the repository itself.
    """
    repo = standing_repository(path)
    settings = read_settings(repo) if repo else None
    if settings is None or not (settings.custom or settings.extend):
        return shipped_pages()
    from ssot_migrate.workflow.team import known_rules

    return {rule.slug: rule.help for rule in known_rules(path, trust).rules}
