import os; import sys
A = os.environ["A"]; B = os.environ.get("B"); print(A, B, sys.argv)
