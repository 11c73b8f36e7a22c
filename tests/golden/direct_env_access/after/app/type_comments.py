"""A type that only a comment names."""

import os

from shared.isolated_environment import get_env


def read(path):
    # type: (os.PathLike) -> str
    return get_env()["APP_ROOT"]
