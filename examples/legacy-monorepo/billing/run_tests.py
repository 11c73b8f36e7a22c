"""Billing's tests; ``--unittest`` runs them without pytest, on Python 3.12."""
import os
import sys
import unittest


def run_unittest(pattern="test_*.py"):
    suite = unittest.defaultTestLoader.discover("billing/tests", pattern=pattern, top_level_dir=".")
    return unittest.TextTestRunner(verbosity=1).run(suite).wasSuccessful()


def run_pytest(options):
    status = os.system("python -m pytest billing/tests -q " + " ".join(options))
    return os.WEXITSTATUS(status) if hasattr(os, "WEXITSTATUS") else status


if __name__ == "__main__":
    if "--unittest" in sys.argv:
        sys.exit(0 if run_unittest() else 1)
    sys.exit(run_pytest(sys.argv[1:]))
