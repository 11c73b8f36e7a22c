"""Onto an accessor that is no mapping: the named methods that say the same."""

from __future__ import annotations

from ssot_migrate.edits import Edit
from ssot_migrate.index.targets import Target
from ssot_migrate.model import Site


def edits(site: Site, target: Target, env: str) -> tuple[Edit, ...]:
    """Edits onto ``set``, ``exists`` or ``get_all``; none where the accessor has no such method."""
    if site.kind == "write" and is_plain_statement(site) and target.has("set"):
        return call_with(site, f"{env}.set")
    if site.kind == "in" and "compare" in site.captures and target.has("exists"):
        return _exists(site, env)
    if site.kind == "copy" and "call" in site.captures and target.has("get_all"):
        call = site["call"].span
        return (Edit(call.start, call.end, f"{env}.get_all()"),)
    return ()


def is_plain_statement(site: Site) -> bool:
    """Whether the site is a whole assignment that holds no comment between its parts."""
    return "statement" in site.captures and "#" not in site["statement"].text


def call_with(site: Site, function: str) -> tuple[Edit, ...]:
    """The assignment ``environ[key] = value`` as ``function(key, value)``, both expressions left in place."""
    whole, key, value = site["statement"].span, site["key"].span, site["value"].span
    return (
        Edit(whole.start, key.start, f"{function}("),
        Edit(key.end, value.start, ", "),
        Edit(value.end, whole.end, ")"),
    )


def _exists(site: Site, env: str) -> tuple[Edit, ...]:
    compare, left = site["compare"].span, site["left"].span
    return Edit(compare.start, left.start, f"{env}.exists("), Edit(left.end, compare.end, ")")
