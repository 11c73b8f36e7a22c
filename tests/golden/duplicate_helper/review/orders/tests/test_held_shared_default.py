"""A default that calls share: both modules would share it, so it is for review."""

from orders.tests.builders import collected_order


def test_collected():
    assert len(collected_order(1).items) == 1
