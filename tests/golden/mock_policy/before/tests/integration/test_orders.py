"""Below a folder of integration tests."""

from unittest import mock
from unittest.mock import AsyncMock, MagicMock, Mock, patch

import pytest

from shop import orders


def test_session_is_a_mock():
    session = MagicMock()
    orders.save(session, "tea")
    session.add.assert_called_once_with("tea")


async def test_others_are_mocks():
    redis = AsyncMock()
    websocket = AsyncMock(send=AsyncMock(return_value=Mock()))
    llm = Mock(spec=orders)
    assert (redis, websocket, llm)


@patch("shop.orders.notify")
def test_own_code_is_replaced(notify):
    orders.save(Mock(), "tea")


def test_libraries_are_replaced():
    with patch("requests.get", return_value=Mock(status_code=200)) as get, mock.patch.object(orders, "notify"):
        assert get


def test_pytest_replaces(monkeypatch, mocker):
    monkeypatch.setattr("redis.Redis.get", lambda self, key: None)
    monkeypatch.setattr(orders, "notify", print)
    mocker.patch("subprocess.run")


def test_clock_settings_and_values(monkeypatch):
    """No service gives a clock, and a shorter timeout is a setting."""
    monkeypatch.setenv("SHOP", "test")
    monkeypatch.setattr(orders, "TIMEOUT", 1)
    monkeypatch.setattr("shop.orders.TIMEOUT", 1)
    with patch("time.sleep"), patch("shop.orders.time"), patch.dict("os.environ", {"SHOP": "test"}):
        assert orders.TIMEOUT == 1


class FakeMailer:
    """It pretends to send."""

    def send(self, text):
        return text


@pytest.fixture
def database():
    return MagicMock()


def test_http_verb(client):
    """A method that is called ``patch`` replaces nothing."""
    assert client.patch("/orders/1").status_code == 200


def test_allowed():
    session = Mock()  # ssot: allow[mock-policy] the driver has no way to fail on demand
    assert orders.save(session, "tea")
