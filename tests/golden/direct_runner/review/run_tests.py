"""A runner that only forwards: it stays one, to the unified runner."""
import sys

from tests.unified_test_runner import main

sys.exit(main(["--", *sys.argv[1:]]))
