"""Which object the environment is, and of which type: whatever is handed over keeps its route."""

import os


def command(arguments, env=os.environ):
    if env is os.environ or type(os.environ) is type(env):
        env = None
    if isinstance(os.environ, dict) or os.environ.__class__ is dict:
        raise TypeError(id(os.environ))
    if os.environ is not None and os.environ == env:
        return arguments, dict(os.environ)
    return arguments, env or os.environ["APP_ENV"]
