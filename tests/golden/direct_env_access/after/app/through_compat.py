from shared.isolated_environment import get_env

LEVEL = get_env().get("LEVEL")
