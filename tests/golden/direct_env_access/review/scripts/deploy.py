"""Run as a script: its own folder is on the path, not the repository's root."""
from shared.isolated_environment import get_env

TARGET = get_env()["TARGET"]
