try:
    from unittest.mock import Mock
except ImportError:
    from mock import Mock


def test_python_three():
    assert Mock(a=1).a == 1
