"""Part of a distribution that does not carry the runtime."""
from shared.isolated_environment import get_env

VALUE = get_env()["VALUE"]
