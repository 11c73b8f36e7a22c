import sys

import pytest

from tests import helpers


def test_answer():
    assert helpers.ANSWER == 42


def main():
    """The name of the runner's function is taken here."""
    return pytest.main([__file__] + sys.argv[1:])


if __name__ == "__main__":
    sys.exit(main())
