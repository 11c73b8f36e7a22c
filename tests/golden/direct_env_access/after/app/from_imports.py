"""Names imported out of os, under names of their own."""
from os import path

from shared.isolated_environment import get_env

HOME = get_env()["HOME"]
SHELL = get_env().get("SHELL", "/bin/sh")
TERM = get_env().get("TERM")


def joined():
    return path.join(HOME, get_env().get("SUB", ""))
