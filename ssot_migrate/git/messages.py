"""The commit message of one migration in one service."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection

from ssot_migrate.plans.model import Plan, RuleRef


def commit_message(
    plan: Plan, rule: RuleRef, service: str, paths: Collection[str], sites: Counter[tuple[str, str]]
) -> str:
    """Subject, counts and trailers; ``sites`` counts changed sites by (rule slug, path)."""
    count = sum(sites[rule.slug, path] for path in paths)
    return "\n".join(
        (
            f"ssot({_line(rule.slug)}): {_line(rule.summary)} in {_line(service)}",
            "",
            f"Sites changed: {count}; files: {len(paths)}.",
            f"Every edit is recorded in the plan; `ssot-migrate explain {_line(rule.id)}` tells why.",
            "",
            f"SSOT-Plan: {plan.digest}",
            f"SSOT-Tool: {_line(plan.tool)}",
            f"SSOT-Rule: {_line(rule.slug)}",
            f"SSOT-Base: {plan.base}",
            "",
        )
    )


def _line(text: str) -> str:
    """``text`` on one line, so that no name can add a trailer."""
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())
