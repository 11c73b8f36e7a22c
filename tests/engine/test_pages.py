"""The pages of shipped rules, without their rules."""

from __future__ import annotations

from ssot_migrate.engine.pages import shipped_pages
from ssot_migrate.engine.registry import all_rules


def test_a_page_is_what_the_rule_says_of_itself() -> None:
    """Every shipped rule has its page under its slug, word for word."""
    assert shipped_pages() == {rule.slug: rule.help for rule in all_rules()}
