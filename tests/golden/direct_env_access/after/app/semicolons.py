from shared.isolated_environment import get_env
import os; import sys
A = get_env()["A"]; B = get_env().get("B"); print(A, B, sys.argv)
