"""Which object the environment is, and of which type: whatever is handed over keeps its route."""

from shared.isolated_environment import get_env


def command(arguments, env=get_env()):
    if env is get_env() or type(get_env()) is type(env):
        env = None
    if isinstance(get_env(), dict) or get_env().__class__ is dict:
        raise TypeError(id(get_env()))
    if get_env() is not None and get_env() == env:
        return arguments, dict(get_env())
    return arguments, env or get_env()["APP_ENV"]
