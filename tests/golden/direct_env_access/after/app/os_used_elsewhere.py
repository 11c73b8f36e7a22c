"""Another file goes through this module to os, so the import stays."""

import os

from shared.isolated_environment import get_env


def read():
    return get_env().get("APP_THROUGH")
