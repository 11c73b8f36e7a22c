from shared.isolated_environment import get_env


def both():
    return get_env().get("A"), get_env()["B"]
