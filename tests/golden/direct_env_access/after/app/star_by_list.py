"""Names that a star takes, and no others."""

from shared.isolated_environment import get_env

__all__ = ["HOST"]

HOST = get_env()["HOST"]
