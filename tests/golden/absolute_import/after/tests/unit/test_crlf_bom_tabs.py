from tests.helpers import three  # as it was
from tests.unit.values import (
	ITEMS,  # the items
)


def test_crlf():
	assert three() == sum(ITEMS)