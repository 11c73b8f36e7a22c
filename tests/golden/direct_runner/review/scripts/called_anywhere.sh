#!/bin/sh
python3 -m pytest -q
python3 tests/unified_test_runner.py tests/unit  # names a place: only the root has it
