"""Which functions the rule must see the bodies of, told from the text of a file."""

from __future__ import annotations

from ssot_migrate.transforms.hollow_test.callees import read_whole

TEXT = b"""
def first(cart):
    second(cart)


def second(cart):
    raise_if_empty(cart)


def elsewhere(cart):
    assert cart


class TestCart:
    def teardown_method(self):
        assert self.cart

    def test_total(self):
        first(self.cart)

    def test_items(self):
        assert elsewhere(self.cart) == 3
"""


def bodies(data: bytes) -> list[str]:
    """What is read, stripped."""
    return sorted(span.slice(data).decode().strip() for span in read_whole(data))


def test_what_suspects_call_is_read_and_what_that_calls() -> None:
    """A test with an assertion of its own is decided without looking at what it calls."""
    assert bodies(TEXT) == ["assert self.cart", "raise_if_empty(cart)", "second(cart)"]


def test_nothing_is_read_where_no_test_is_suspect() -> None:
    """But for tear-downs, which may check for a test."""
    assert bodies(TEXT.replace(b"        first(", b"        assert first(")) == ["assert self.cart"]
