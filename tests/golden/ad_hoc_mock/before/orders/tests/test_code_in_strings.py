"""The import stays for code that only a string shows.

>>> Mock(total=3).total
3
"""

from unittest.mock import Mock


def test_total():
    assert Mock(total=3).total == eval("Mock(total=3)").total
