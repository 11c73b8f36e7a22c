"""``fleet.toml``, frozen; unknown keys are errors."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from ssot_migrate.errors import SettingsError
from ssot_migrate.model import Frozen

Positive = Annotated[int, Meta(ge=1)]


class Forge(Frozen, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """Where a group's pull requests are opened; tokens come from the environment, never from here."""

    kind: Annotated[Literal["github", "gitlab"], Meta(description="Whose REST API it speaks.")]
    host: Annotated[
        str, Meta(description="The host of the repositories' URLs, the only one that is sent the token.")
    ] = ""
    api: Annotated[str, Meta(description="The root of the API; empty: as the forge has it on `host`.")] = ""
    labels: Annotated[list[str], Meta(description="Labels of new pull requests.")] = []
    draft: Annotated[bool, Meta(description="Open them as drafts.")] = False
    reviewers: Annotated[bool, Meta(description="Ask those for review whom CODEOWNERS names.")] = True

    @property
    def where(self) -> str:
        """The host, by default that of the forge's makers."""
        return self.host or f"{self.kind}.com"

    @property
    def root(self) -> str:
        """The root of the API, without a slash at its end."""
        if self.api:
            return self.api.rstrip("/")
        if self.kind == "gitlab":
            return f"https://{self.where}/api/v4"
        return "https://api.github.com" if self.where == "github.com" else f"https://{self.where}/api/v3"


class Group(Frozen, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """Repositories that are treated alike."""

    name: Annotated[str, Meta(description="What the group is called.")]
    repositories: Annotated[
        list[str],
        Meta(description="Folders, bare or not, globs of them, and git URLs; relative to the file's folder."),
    ] = []
    from_: Annotated[
        str,
        Meta(
            description="A file that another tool wrote: a path or URL a line, or JSON as `gh repo list` "
            "and GitLab's API give it."
        ),
    ] = msgspec.field(default="", name="from")
    base: Annotated[
        str, Meta(description="The branch to plan on and to merge into; empty: the default one.")
    ] = ""
    upstream: Annotated[str, Meta(description="The remote that a folder pushes to.")] = "origin"
    profile: Annotated[str, Meta(description="The profile, instead of the repository's own.")] = ""
    rules: Annotated[list[str], Meta(description="Only these rules (slug or id).")] = []
    include_review: Annotated[bool, Meta(description="Change what is for review, too.")] = False
    test_command: Annotated[
        str, Meta(description="What `verify` runs, instead of the repository's own setting.")
    ] = ""
    forge: Annotated[
        Forge | None, Meta(description="A table, see below; without it branches are pushed and no more.")
    ] = None


class Fleet(Frozen, frozen=True, forbid_unknown_fields=True, rename="kebab"):
    """What a fleet is and how it is worked on."""

    group: Annotated[list[Group], Meta(min_length=1, description="One table for each group.")]
    state: Annotated[
        str, Meta(description="The folder of the fleet's state, relative to the file's folder.")
    ] = ".ssot-fleet"
    author: Annotated[str, Meta(description="Who commits, everywhere the same.")] = (
        "ssot-migrate <ssot-migrate@localhost>"
    )
    seconds: Annotated[Positive, Meta(description="How long one unit may take.")] = 1800
    megabytes: Annotated[Positive, Meta(description="MiB of memory for each process of a unit.")] = 4096
    depth: Annotated[
        int,
        Meta(ge=0, description="Commits that are fetched of a URL; 0: all, which foresees conflicts."),
    ] = 1


def read_fleet(path: Path) -> Fleet:
    """The fleet that ``path`` describes.

    Raises:
        SettingsError: it cannot be read, an unknown key, a value of the wrong type, two groups of one name.
    """
    try:
        fleet = msgspec.convert(tomllib.loads(path.read_text("utf-8")), Fleet)
    except OSError as error:
        raise SettingsError(f"cannot read {path}: {error.strerror}", hint="name a fleet.toml") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, msgspec.ValidationError) as error:
        raise SettingsError(f"{path}: {error}", hint="see docs/fleet.md for all keys") from None
    names = [group.name for group in fleet.group]
    if twice := {name for name in names if names.count(name) > 1}:
        raise SettingsError(f"{path}: two groups are called {sorted(twice)[0]!r}", hint="name them apart")
    if not all(part for part in fleet.author.rstrip(">").partition(" <")):
        raise SettingsError(f"{path}: author {fleet.author!r} is not 'Name <address>'", hint="write it so")
    return fleet
