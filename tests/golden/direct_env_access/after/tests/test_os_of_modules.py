"""What tests do to os as other modules have it."""

from unittest.mock import patch

from app import os_replaced
from app import os_used_elsewhere as used
from shared.isolated_environment import get_env


def test_replaced():
    with patch.object(os_replaced, "os") as fake:
        fake.environ.get.return_value = "mine"
        assert os_replaced.read() == "mine"


@patch("app.os_replaced.os")
def test_replaced_by_name(fake):
    fake.environ.get.return_value = "mine"
    assert os_replaced.read() == "mine"


def test_used(monkeypatch):
    monkeypatch.setitem(get_env(), "APP_THROUGH", "1")
    assert used.read() == "1"
