from shared.isolated_environment import get_env
import os


def both():
    return get_env().get("A"), os.environ["B"]
