"""Tests that run nothing of the shop's."""

import time
from unittest.mock import MagicMock

from shop.cart import Cart, load
from tests.checking import cart_is_empty


def test_prints():
    print("cart works")
    time.sleep(0)


def test_only_a_mock():
    cart = MagicMock()
    cart.total.return_value = 3
    total = cart.total()
    print(f"total: {total}")


def test_result_is_printed():
    cart = Cart()
    total = cart.total()
    print(f"total: {total}")


def test_verdict_is_returned():
    cart = Cart()
    if cart.total() != 0:
        print("FAIL")
        return False
    return True


def test_runs_without_error():
    """That nothing is raised is what it is about."""
    total = Cart().total()
    print(total)


def test_helper_asserts():
    total = Cart()
    cart_is_empty(total)


def _sum_is(cart, expected):
    if cart.total() != expected:
        raise AssertionError(cart.items)


def test_helper_in_this_file():
    result = Cart()
    _sum_is(result, 0)


def test_fixture_may_assert(scenario):
    page = load("cart")
    scenario.run()


class TestOwnTearDown:
    def teardown_method(self):
        assert self.cart.items == []

    def test_sum(self):
        self.cart = Cart()
        total = self.cart.total()
