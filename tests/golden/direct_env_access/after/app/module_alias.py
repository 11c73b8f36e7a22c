import sys

from shared.isolated_environment import get_env


def user():
    env = get_env()
    if "USER" in env:
        return env["USER"]
    return get_env().get("LOGNAME", sys.argv[0])
