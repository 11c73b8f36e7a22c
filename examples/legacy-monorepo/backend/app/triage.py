"""First guess at a ticket's category and priority, from its words."""

from __future__ import annotations

import os
import re

CATEGORIES = {
    "billing": ("invoice", "refund", "charge", "payment", "vat"),
    "login": ("password", "login", "sign in", "locked", "2fa"),
    "outage": ("down", "outage", "unreachable", "timeout", "500"),
    "feature": ("feature", "would be nice", "suggestion", "wish"),
}
URGENT = re.compile(r"\b(urgent|asap|immediately|production|all users)\b", re.IGNORECASE)


def category(text: str) -> str:
    """The category with the most matching words; ties go to the one listed first."""
    lowered = text.lower()
    scores = {name: sum(lowered.count(word) for word in words) for name, words in CATEGORIES.items()}
    best = max(scores, key=scores.get)
    return best if scores[best] else "other"


def priority(subject: str, body: str) -> str:
    kind = category(f"{subject} {body}")
    urgent = len(URGENT.findall(f"{subject} {body}"))
    if kind == "outage" and urgent:
        return "critical"
    if urgent or kind == "outage":
        return "high"
    return "low" if kind == "feature" else "normal"


def vip(tenant: str) -> bool:
    """Whether the tenant is on the list in ``BACKEND_VIP_TENANTS``."""
    return tenant in os.environ.get("BACKEND_VIP_TENANTS", "").split()


def classify(tenant: str, subject: str, body: str) -> tuple[str, str]:
    level = priority(subject, body)
    if vip(tenant) and level in ("low", "normal"):
        level = "high"
    return level, category(f"{subject} {body}")
