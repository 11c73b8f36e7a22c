#!/bin/sh
set -e
cd "$(dirname "$0")/.."
python3 tests/unified_test_runner.py -- tests -q "$@"
