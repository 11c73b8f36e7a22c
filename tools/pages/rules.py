"""The page of each rule, and what the migration guide says of all of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from pages.goldens import Example, examples, findings, folder
from ssot_migrate.engine.registry import all_rules
from ssot_migrate.transform import Transform


def rule_pages() -> dict[str, str]:
    """Path and text of every rule's page."""
    return {f"docs/rules/{rule.slug}.md": _page(rule) for rule in all_rules()}


def _page(rule: Transform) -> str:
    shown = examples(rule.slug, 4)
    return "\n".join(
        [
            f"# {rule.slug}",
            "",
            f"`{rule.id}`: {rule.summary}.",
            f"`ssot-migrate explain {rule.slug}` shows the text below in a terminal,",
            f"`# ssot: allow[{rule.slug}] reason` suppresses a finding on its line.",
            "",
            rule.help,
            "",
            *(_before_and_after(rule, shown) if shown else ()),
            "## How findings look",
            "",
            "A few of each state, on the same folder, from",
            f"`ssot-migrate plan --rule {rule.slug} --format lines`:",
            "",
            "```text",
            *findings(rule.slug),
            "```",
            "",
            "What each state means: [How to read a plan](../../MIGRATION_GUIDE.md#how-to-read-a-plan).",
            "",
        ]
    )


def _before_and_after(rule: Transform, shown: Sequence[Example]) -> Iterator[str]:
    where = f"`tests/golden/{folder(rule.slug).name}/`"
    yield from ("## Before and after", "", f"From the rule's tests in {where}, compared byte for byte.", "")
    for found in shown:
        yield from _shown(found)


def _shown(found: Example) -> Iterator[str]:
    head = (f"--- before/{found.path}", f"+++ after/{found.path}")
    yield from ("```diff", *head, found.diff.rstrip("\n"), "```", "")


def rule_table() -> str:
    """All rules, a line each."""
    rows = (
        f"| [{rule.slug}](docs/rules/{rule.slug}.md) | {rule.id} | {rule.summary} |" for rule in all_rules()
    )
    return "\n".join(("| Rule | Id | Finds |", "|---|---|---|", *rows))


def rules_side_by_side() -> str:
    """For each rule what it changes and what it leaves, with its best example."""
    return "\n".join(line for rule in all_rules() for line in _in_guide(rule)).rstrip("\n")


def _in_guide(rule: Transform) -> Iterator[str]:
    yield from (f"### {rule.slug}", "", section(rule.help, "What changes"), "")
    for found in examples(rule.slug, 1):
        yield from _shown(found)
    yield from ("**Left alone.** " + section(rule.help, "Left alone"), "")
    yield from (f"More cases: [{rule.slug}](docs/rules/{rule.slug}.md).", "")


def section(page: str, title: str) -> str:
    """The text below a heading of a rule's page, up to the next heading."""
    _, _, rest = page.partition(f"## {title}\n")
    return rest.partition("\n## ")[0].strip()
