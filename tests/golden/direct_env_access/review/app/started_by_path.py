"""Whoever starts this file by its path has this folder, not the root, on the import path."""
from shared.isolated_environment import get_env

if __name__ == "__main__":
    print(get_env().get("NAME"))
