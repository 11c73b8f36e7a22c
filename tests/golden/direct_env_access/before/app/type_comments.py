"""A type that only a comment names."""

import os


def read(path):
    # type: (os.PathLike) -> str
    return os.environ["APP_ROOT"]
