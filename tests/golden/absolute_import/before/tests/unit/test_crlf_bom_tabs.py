from ..helpers import three  # as it was
from .values import (
	ITEMS,  # the items
)


def test_crlf():
	assert three() == sum(ITEMS)