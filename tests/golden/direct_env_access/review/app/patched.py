import os

from shared.isolated_environment import get_env


def read():
    return get_env().get("REAL"), get_env().get("OTHER")
