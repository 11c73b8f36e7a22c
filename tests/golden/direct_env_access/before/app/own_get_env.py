"""A name of the accessor that means something else here."""
import os


def get_env():
    return os.environ


def get_environment(get_env):
    return get_env(os.environ["A"])
