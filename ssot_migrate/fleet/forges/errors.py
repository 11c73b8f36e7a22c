"""How a request to a forge can fail."""

from __future__ import annotations

from ssot_migrate.errors import SsotMigrateError


class ForgeError(SsotMigrateError):
    """A forge that refused; ``status`` is HTTP's, 0 if there was no answer."""

    code = "forge"

    def __init__(self, message: str, *, status: int = 0, details: str = "", hint: str = "") -> None:
        """Keep what the forge said in ``details``."""
        super().__init__(message, hint=hint)
        self.status, self.details = status, details


class Unsure(ForgeError):
    """A request without an answer, which may have been obeyed: look before it is made again."""


class AlreadyThere(ForgeError):
    """A pull request for this branch is open already."""
