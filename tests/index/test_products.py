"""Products of a mock factory, as its source tells of them."""

from __future__ import annotations

from ssot_migrate.index.products import Product, products
from ssot_migrate.runtime.catalog import runtime_files

_SOURCE = b"""
_TABLE = {"queue": {"put": None, "get": {"nested": 1}}, "lock": dict.fromkeys(("acquire", "release"))}

class Factory:
    def create_queue_mock(self, size=1, *, name):
        queue = self._made("queue", size=size)
        queue.full = MagicMock()
        for extra in ("join", "task_done"):
            setattr(queue, extra, AsyncMock())
        return queue

    def create_lock_mock(self):
        return self._made("lock")

    def create_nothing(self):
        return object()

    def _made(self, kind, **attributes):
        product = MagicMock(**attributes)
        for name in _TABLE[kind]:
            setattr(product, name, AsyncMock())
        return product
"""


def test_products_are_read_from_source() -> None:
    """Keywords, assignments, loops over names and table entries tell what a product offers, and its kind."""
    queue, lock = products(_SOURCE, "Factory")
    called = dict.fromkeys(("put", "get", "join", "task_done"), "async")
    assert queue == Product(
        "create_queue_mock",
        frozenset({"size", "name"}),
        frozenset({"name"}),
        {"size": "value", "full": "sync", **called},
    )
    assert lock.offers == {"acquire": "async", "release": "async"}


def test_unreadable_or_other_source_has_no_products() -> None:
    """A source that does not parse, or holds no such class, offers nothing."""
    assert products(b"class Factory(", "Factory") == ()
    assert products(_SOURCE, "Other") == ()


def test_bundled_factory_offers_what_its_products_have() -> None:
    """What is told of the shipped factory's products is there when they are made."""
    source = runtime_files()["test_framework/ssot/mock_factory.py"]
    found = {product.method: product.offers for product in products(source, "SSotMockFactory")}
    assert found["create_websocket_mock"]["send_json"] == "async"
    assert found["create_tool_mock"] == {"tool_name": "value", "name": "value", "execute": "async"}
    assert "create_mock" not in found
