from shared.isolated_environment import get_env
A = get_env()["A"]
