import os

A = os.environ["A"]  # ssot: allow[direct-env-access] read before logging is set up
# ssot: allow[direct-env-access] the child needs the real mapping
B = os.environ["B"]
C = os.environ["C"]
D = 1  # ssot: allow[direct-env-access] nothing here needs this
