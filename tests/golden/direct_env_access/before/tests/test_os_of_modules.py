"""What tests do to os as other modules have it."""

from unittest.mock import patch

from app import os_replaced
from app import os_used_elsewhere as used


def test_replaced():
    with patch.object(os_replaced, "os") as fake:
        fake.environ.get.return_value = "mine"
        assert os_replaced.read() == "mine"


@patch("app.os_replaced.os")
def test_replaced_by_name(fake):
    fake.environ.get.return_value = "mine"
    assert os_replaced.read() == "mine"


def test_used(monkeypatch):
    monkeypatch.setitem(used.os.environ, "APP_THROUGH", "1")
    assert used.read() == "1"
