"""A test that replaces the function by name: its calls must go on through that name."""

from unittest.mock import patch

from sqlalchemy import create_engine


def test_patched():
    with patch("orders.app.create_engine") as replaced:
        create_engine("sqlite://")
        assert not replaced.called
