"""Failures that nobody sees."""

import contextlib
import logging
import time

import pytest

from shop.cart import Cart, load

logger = logging.getLogger(__name__)


def test_pass_on_any_exception():
    cart = Cart()
    try:
        assert cart.total() == 1
    except Exception:
        pass


def test_logs_and_goes_on():
    try:
        cart = load("cart")
        assert cart.items
        assert cart.total() == 1
    except (ValueError, AssertionError) as error:
        logger.warning("no cart: %s", error)


def test_expects_a_failure_that_is_swallowed():
    try:
        load(None)
        assert False, "a cart must have a path"
    except Exception:
        pass


def test_nothing_but_a_try():
    try:
        load("cart").total()
    except Exception as error:
        print(f"failed: {error}")


def test_suppressed():
    with contextlib.suppress(Exception):
        assert load("cart") == "cart"


def test_failure_becomes_a_skip():
    try:
        cart = load("cart")
        assert cart.total() == 1
    except Exception as error:
        pytest.skip(f"no cart: {error}")


def test_expected_error_only():
    """What is caught is no failed assertion."""
    try:
        load("cart").total()
        assert False, "a text has no sum"
    except AttributeError:
        pass


def test_pytest_fail_is_no_exception():
    """``pytest.fail`` goes through ``except Exception``."""
    try:
        load("cart").total()
        pytest.fail("a text has no sum")
    except Exception:
        pass


def test_polls_until_it_holds():
    for _ in range(3):
        try:
            assert Cart().total() == 0
            break
        except AssertionError:
            time.sleep(0)
    else:
        pytest.fail("never empty")


def test_told_later():
    passed = False
    try:
        assert Cart().total() == 0
        passed = True
    except AssertionError:
        pass
    assert passed


def test_handler_keeps_the_error():
    errors = []
    try:
        assert Cart().total() == 0
    except AssertionError as error:
        errors.append(error)
    assert not errors


def test_was_not_called_with(notify):
    """The caught failure is how it passes."""
    Cart().add("tea", 3)
    try:
        notify.assert_called_with("tea")
    except AssertionError:
        return
    raise AssertionError("notified of tea")


def test_was_not_called_with_in_a_block(notify):
    with contextlib.nullcontext():
        try:
            notify.assert_called_with("tea")
        except AssertionError:
            return
    pytest.fail("notified of tea")


def test_the_end_is_a_skip(notify):
    """Whether it was called, this does not tell."""
    try:
        notify.assert_called_with("tea")
    except AssertionError:
        pass
    pytest.skip("no tea")
