import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2]))


def test_nothing():
    pass


if __name__ == "__main__":
    pytest.main([__file__])
