import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))


def test_nothing():
    pass


if __name__ == "__main__":
    from tests.unified_test_runner import main
    main([__file__])
