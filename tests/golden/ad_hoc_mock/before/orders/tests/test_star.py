from unittest.mock import *


def test_star():
    assert Mock(a=1).a == 1
