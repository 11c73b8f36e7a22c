"""Unions with the environment, in place and not."""

import os
from os import environ

from shared.isolated_environment import get_env


def settings(extra, *pairs):
    get_env().update({"APP_MODE": "x"})
    get_env().update((  # all that callers give
        extra
    ))
    get_env().update(dict(pairs))
    os.environ |= ("APP_A", "1"), ("APP_B", "2")
    return get_env() | extra, extra | get_env() | {"APP_C": "3"}


environ |= {"APP_D": "4"}
