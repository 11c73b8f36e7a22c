#!/usr/bin/env python
"""Runs the backend's tests: ``python backend/run_tests.py [--fast] [pytest options]``."""
import os
import sys

import pytest

HERE = os.path.dirname(os.path.abspath(__file__))

if __name__ == "__main__":
    arguments = sys.argv[1:]
    if "--fast" in arguments:
        arguments.remove("--fast")
        arguments += ["-m", "not integration and not slow"]
    os.environ["HARBOR_ENV"] = "test"
    sys.exit(pytest.main([os.path.join(HERE, "tests"), "-q", *arguments]))
