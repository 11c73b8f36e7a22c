"""For all services."""
import sys

collect_ignore = []

if sys.version_info < (3, 12):
    collect_ignore += [
        "billing/tests/test_statement_py312.py",
        "notifications/tests/test_batching_py312.py",
    ]
