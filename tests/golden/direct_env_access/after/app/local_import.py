"""An import inside a function stays inside it."""


def region():
    from shared.isolated_environment import get_env

    return get_env().get("REGION", "eu")


def zone():
    from os import getenv  # lazily
    from shared.isolated_environment import get_env

    return get_env().get("ZONE")
