"""Assertions that no run reaches."""

import pytest

from shop.cart import Cart


def test_returns_first():
    cart = Cart()
    return
    assert cart.total() == 1


def test_skips_first():
    pytest.skip("no prices yet")
    assert Cart().total() == 1


def test_loop_over_nothing():
    for price in []:
        assert Cart().total() == price
    assert Cart().items == []


def test_never_true():
    if False:
        assert Cart().total() == 1
    assert Cart().items == []


def test_condition_may_end_it():
    cart = Cart()
    if cart.items:
        return
    assert cart.total() == 0


# ssot: allow[hollow-test] shows how a test is skipped
def test_allowed():
    pass
