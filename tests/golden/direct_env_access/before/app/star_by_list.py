"""Names that a star takes, and no others."""

import os

__all__ = ["HOST"]

HOST = os.environ["HOST"]
