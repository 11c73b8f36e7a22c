import sys

import pytest

from tests import helpers


@pytest.mark.parametrize("value", [42])
def test_answer(value):
    assert helpers.ANSWER == value


if __name__ == "__main__":
    from tests.unified_test_runner import main
    code = main([
        __file__,
        "--fail-fast",  # stop early
        "--", "-s",
    ])
    if code != 0:
        print("failed")
    sys.exit(code)
