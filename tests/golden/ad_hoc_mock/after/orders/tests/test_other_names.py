from unittest import mock
from unittest.mock import Mock as M

from test_framework.ssot.mock_factory import get_mock_factory

Double = mock.Mock


def test_renamed():
    assert get_mock_factory().create_mock(a=1).a == get_mock_factory().create_magic_mock(a=1).a == get_mock_factory().create_mock(a=1).a
    assert isinstance(get_mock_factory().create_mock(), M)
