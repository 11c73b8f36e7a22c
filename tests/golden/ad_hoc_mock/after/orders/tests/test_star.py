from unittest.mock import *

from test_framework.ssot.mock_factory import get_mock_factory


def test_star():
    assert get_mock_factory().create_mock(a=1).a == 1
