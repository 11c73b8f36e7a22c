"""Hands the environment to code that asks which object it is."""

import os

from app.told_apart import command
from shared.isolated_environment import get_env


def start():
    default = os.environ
    return command([get_env()["APP_SHELL"]], env=os.environ), default
