"""A test replaces os as this module has it."""

import os

from shared.isolated_environment import get_env


def read():
    return get_env().get("APP_REPLACED")
