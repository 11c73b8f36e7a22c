import os
import sys

import pytest

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))


def test_nothing():
    pass


if __name__ == "__main__":
    pytest.main([__file__])
