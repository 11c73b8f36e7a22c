import os

from shared.isolated_environment import get_env

HOME = get_env()["HOME"]
