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


class FakeError(Exception):
    """An error is raised, and serves nothing."""


class MockTimeout(FakeError):
    """As its base says."""


def test_settings_are_replaced():
    """What the replaced settings hold counts with them; what another patch returns does not."""
    with patch("shop.orders.get_config") as get_config, patch("shop.orders.notify") as notify:
        get_config.return_value = Mock(redis=Mock(port=6379))
        notify.return_value = Mock()
        assert orders.save(Mock(), "tea")


def test_the_original_is_called():
    """A spy that hands its calls on pretends nothing."""
    kept = orders.notify

    def counting(text):
        return kept(text)

    with patch.object(orders, "notify", wraps=orders.notify), patch.object(orders, "notify", side_effect=counting):
        assert orders.save(Mock(wraps=orders), "tea")


@patch("shop.orders.notify")
@patch("shop.orders.get_config")
def test_settings_are_handed_in(get_config, notify):
    """The mock of the settings is the first parameter: decorators count from below."""
    get_config.return_value.redis = Mock(port=6379)
    notify.return_value = Mock()


def test_what_a_name_speaks_of(monkeypatch):
    """The method tells before its module, and what something is looked up by is a value."""
    users = Mock(spec=orders)
    users.get_user_by_email = Mock()
    users.encrypt_api_key = Mock()
    users.send_welcome_email = Mock()
    with patch("shop.websocket_manager.redis_client"), patch("shop.orders.gone"):
        assert users


@patch("shop.orders.Random.randrange", return_value=4)
@patch("shop.orders.SimpleQueue")
def test_what_a_module_takes_from_elsewhere(queue, randrange):
    assert orders.waiting() == (queue.return_value, 4)
