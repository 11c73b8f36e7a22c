"""A profile: for each role of the SSOT runtime the module, the symbol and what is claimed of it."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path

import msgspec

from ssot_migrate.errors import SettingsError
from ssot_migrate.model import Frozen, Role


class RoleSpec(Frozen, frozen=True, forbid_unknown_fields=True):
    """One role: import ``name`` from ``module``; ``provider`` is the class whose methods it offers.

    ``claims`` hold for a source whose hash is among the shipped ones; ``vouched`` ones
    hold always, on the word of whoever wrote the profile.
    """

    module: str
    name: str
    provider: str = ""
    claims: tuple[str, ...] = ()
    vouched: tuple[str, ...] = ()


class ProfileSpec(Frozen, frozen=True, forbid_unknown_fields=True):
    """A profile file as written; ``vendored`` says that ``plan`` may bring the runtime along."""

    name: str
    roles: dict[str, RoleSpec]
    vendored: bool = False


class Profile:
    """A profile with its roles resolved."""

    def __init__(self, spec: ProfileSpec) -> None:
        """Check the role names of ``spec``."""
        self.name, self.vendored = spec.name, spec.vendored
        try:
            self.roles: Mapping[Role, RoleSpec] = {Role(role): spec.roles[role] for role in spec.roles}
        except ValueError as error:
            raise SettingsError(
                f"profile {spec.name}: {error}", hint="see docs/profiles.md for the roles"
            ) from None


def load_profile(name: str, inline: Mapping[str, object] | None = None) -> Profile:
    """The shipped profile ``name``, with the settings' own ``[profile]`` table laid over it.

    Raises:
        SettingsError: no such profile, or a table that does not fit.
    """
    folder = Path(__file__).with_name("profiles")
    shipped = sorted(item.stem for item in folder.iterdir() if item.suffix == ".toml")
    if name not in shipped:
        raise SettingsError(f"no profile {name!r}", hint=f"shipped profiles: {', '.join(shipped)}")
    data = tomllib.loads((folder / f"{name}.toml").read_text("utf-8"))
    for role, table in (inline or {}).items():
        data["roles"][role] = {**data["roles"].get(role, {}), **_table(role, table)}
    try:
        return Profile(msgspec.convert(data, ProfileSpec))
    except msgspec.ValidationError as error:
        raise SettingsError(f"profile {name}: {error}", hint="see docs/profiles.md") from None


def _table(role: str, table: object) -> Mapping[str, object]:
    if not isinstance(table, Mapping):
        raise SettingsError(f"profile role {role!r} is not a table", hint="see docs/profiles.md")
    return table
