"""What it imports from the root, it imports under a condition: that shows nothing of how it is started."""

import sys
from pathlib import Path
from unittest.mock import Mock

import pytest

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

try:
    import orders.app as app
except ImportError:
    app = None


def test_called():
    call = Mock()
    call()
    call.assert_called_once_with()


if __name__ == "__main__":
    pytest.main([__file__])
