"""Roles, and what they may do."""

from __future__ import annotations

import os

ROLES = {
    "member": {"ticket.read", "ticket.reply"},
    "agent": {"ticket.*", "customer.read"},
    "accountant": {"invoice.*", "customer.read"},
    "admin": {"*"},
}


class UnknownRole(KeyError):
    pass


def extra_roles() -> dict[str, set[str]]:
    """Roles of this installation: ``AUTH_ROLE_<NAME>="perm perm"``."""
    found = {}
    for key, value in os.environ.items():
        if key.startswith("AUTH_ROLE_"):
            found[key.removeprefix("AUTH_ROLE_").lower()] = set(value.split())
    return found


def permissions_of(*roles: str) -> frozenset[str]:
    known = {**ROLES, **extra_roles()}
    granted: set[str] = set()
    for role in roles:
        if role not in known:
            raise UnknownRole(role)
        granted |= known[role]
    return frozenset(granted)


def allows(granted: frozenset[str], wanted: str) -> bool:
    area = wanted.split(".", 1)[0]
    return bool({"*", f"{area}.*", wanted} & granted)
