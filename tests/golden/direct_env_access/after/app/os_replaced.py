"""A test replaces os as this module has it."""

import os


def read():
    return os.environ.get("APP_REPLACED")
