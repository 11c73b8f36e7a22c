import pytest as pt
from pytest import main

from tests import helpers


def test_answer():
    assert helpers.ANSWER == 42


if __name__ == "__main__":
    pt.main([__file__])
    raise SystemExit(main(["-q", __file__]))
