"""A mock that is made before the root is on the import path: the factory would not be found there."""

import sys
from pathlib import Path

from test_framework.ssot.mock_factory import get_mock_factory

EARLY = get_mock_factory().create_mock()

sys.path.insert(0, str(Path(__file__).parent.parent.parent))

import orders.app as app

LATE = get_mock_factory().create_mock()


def test_called():
    assert app is not None
    LATE(EARLY)
    LATE.assert_called_once_with(EARLY)


if __name__ == "__main__":
    raise SystemExit("run me with pytest")
