"""Tests in which what they ask for may fail."""

from unittest.mock import patch

import pytest

from shop.cart import Cart


@pytest.fixture
def cart():
    return Cart()


def test_cart_is_made(cart):
    pass


@pytest.mark.parametrize("count, price", [(1, 2)])
def test_idle(count, price, cart, capsys):
    print("cart made")


@patch("shop.cart.load")
def test_only_patched(load, tmp_path):
    print("loaded")
