from shared.isolated_environment import get_env


def export(name, value):
    get_env().set(name, value)
    get_env().delete("OTHER")
