import os
A = os.environ["A"]
