from unittest import mock
from unittest.mock import MagicMock as Magic
from unittest.mock import Mock as M

Double = mock.Mock


def test_renamed():
    assert M(a=1).a == Magic(a=1).a == Double(a=1).a
    assert isinstance(M(), M)
