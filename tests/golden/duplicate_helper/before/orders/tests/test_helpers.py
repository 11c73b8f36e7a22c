from orders.tests.first_helpers import named
from orders.tests.second_helpers import priced


def test_helpers():
    assert named([1])[0]["price"] == priced(["a"])[0]["price"]
