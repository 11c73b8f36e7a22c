import sys

from shared.isolated_environment import get_env

A = get_env()["A"]
B = sys.argv
