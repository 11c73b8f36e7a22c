"""Branch names from service names, which may be anything."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Iterable

FOUNDATION = "foundation"
NAMESPACE = "refs/heads/ssot/"
_LONGEST = 60


def branch_ref(component: str, digest: str) -> str:
    """The branch of one service under one plan."""
    return f"{NAMESPACE}{component}/{digest[:12]}"


def full_ref(name: str) -> str:
    """The full name of a branch that somebody gave, short or full."""
    return name if name.startswith("refs/") else f"refs/heads/{name}"


def ref_components(services: Iterable[str]) -> dict[str, str]:
    """One component of a ref per service: readable, and distinct where a file system ignores case.

    Give all services of a plan, so that a name does not depend on which of them are applied.
    """
    plain = {service: _slug(service) for service in services}
    uses = Counter([FOUNDATION, *(slug.casefold() for slug in plain.values())])
    alone = {slug for slug in plain.values() if uses[slug.casefold()] == 1}
    return {name: slug if slug in alone else _marked(slug, name) for name, slug in plain.items()}


def _slug(service: str) -> str:
    return re.sub(r"[^A-Za-z0-9_-]+", "-", service)[:_LONGEST].strip("-") or "service"


def _marked(slug: str, service: str) -> str:
    return f"{slug}-{hashlib.sha256(service.encode(errors='surrogatepass')).hexdigest()[:8]}"
