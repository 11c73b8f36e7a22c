"""A name of the accessor that means something else here."""
import os

from shared.isolated_environment import get_env as ssot_get_env


def get_env():
    return os.environ


def get_environment(get_env):
    return get_env(ssot_get_env()["A"])
