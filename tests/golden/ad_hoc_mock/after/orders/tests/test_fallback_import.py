from test_framework.ssot.mock_factory import get_mock_factory

try:
    from unittest.mock import Mock
except ImportError:
    from mock import Mock


def test_python_three():
    assert get_mock_factory().create_mock(a=1).a == 1
