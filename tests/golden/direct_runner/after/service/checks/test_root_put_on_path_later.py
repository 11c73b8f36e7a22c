"""Its own imports stand where the root may not be found yet, or need not be found at all."""

import os
import sys

try:
    from tests.helpers import shout
except ImportError:
    shout = str.upper

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))


def test_shouting():
    assert shout("a") == "A"


if __name__ == "__main__":
    from tests.unified_test_runner import main
    main([__file__])
