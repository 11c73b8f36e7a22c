import os
from shared.isolated_environment import get_env


def read():
    return os.getenv("REAL"), get_env().get("OTHER")
