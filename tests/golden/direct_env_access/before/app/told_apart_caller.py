"""Hands the environment to code that asks which object it is."""

import os

from app.told_apart import command


def start():
    default = os.environ
    return command([os.environ["APP_SHELL"]], env=os.environ), default
