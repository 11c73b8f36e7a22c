import sys

import pytest

from tests import helpers


@pytest.mark.parametrize("value", [42])
def test_answer(value):
    assert helpers.ANSWER == value


if __name__ == "__main__":
    code = pytest.main([
        __file__,
        "--exitfirst",  # stop early
        "-s",
    ])
    if code != 0:
        print("failed")
    sys.exit(code)
