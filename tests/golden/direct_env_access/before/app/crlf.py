import os
import sys

A = os.environ["A"]
B = sys.argv
