"""What a site tells of a Docker command."""

from __future__ import annotations

from ssot_migrate.transforms.docker_command.programs import Docker

COMMAND = "command"


def facts_of(found: Docker) -> dict[str, str]:
    """The facts of a site that carries ``found``."""
    named = {"files": " ".join(found.files)} if found.files else {}
    return {"purpose": found.purpose.value, "verb": found.verb, **named}
