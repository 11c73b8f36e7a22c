import os as operating_system, sys


def user():
    env = operating_system.environ
    if "USER" in env:
        return env["USER"]
    return operating_system.getenv("LOGNAME", sys.argv[0])
