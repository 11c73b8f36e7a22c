"""Unions with the environment, in place and not."""

import os
from os import environ


def settings(extra, *pairs):
    os.environ |= {"APP_MODE": "x"}
    os.environ |= (  # all that callers give
        extra
    )
    os.environ \
        |= dict(pairs)
    os.environ |= ("APP_A", "1"), ("APP_B", "2")
    return os.environ | extra, extra | os.environ | {"APP_C": "3"}


environ |= {"APP_D": "4"}
