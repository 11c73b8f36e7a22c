import pytest

from tests import helpers


def test_answer():
	assert helpers.ANSWER == 42


if __name__ == "__main__":
	pytest.main([__file__])