"""The import stays for code that only a string shows.

>>> Mock(total=3).total
3
"""

from unittest.mock import Mock

from test_framework.ssot.mock_factory import get_mock_factory


def test_total():
    assert get_mock_factory().create_mock(total=3).total == eval("Mock(total=3)").total
