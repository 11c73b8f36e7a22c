"""Hands the environment to code that asks which object it is."""

from app.told_apart import command
from shared.isolated_environment import get_env


def start():
    default = get_env()
    return command([get_env()["APP_SHELL"]], env=get_env()), default
