import os

from shared.isolated_environment import get_env

A = os.environ["A"]  # ssot: allow[direct-env-access] read before logging is set up
# ssot: allow[direct-env-access] the child needs the real mapping
B = os.environ["B"]
C = get_env()["C"]
D = 1  # ssot: allow[direct-env-access] nothing here needs this
