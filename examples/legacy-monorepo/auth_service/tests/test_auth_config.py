from __future__ import annotations

import os as operating_system
from unittest import mock

import pytest

from harbor_auth import auth_config


class TestSecret:
    @pytest.fixture(autouse=True)
    def no_secret(self, monkeypatch):
        monkeypatch.delenv("AUTH_SECRET", raising=False)
        monkeypatch.setenv("HARBOR_ENV", "dev")

    def test_development_default(self):
        assert auth_config.secret() == b"development-only"

    def test_short_is_good_enough_for_development(self):
        operating_system.environ["AUTH_SECRET"] = "short"
        assert auth_config.secret() == b"short"

    @pytest.mark.parametrize("env", ["prod", "staging"])
    @pytest.mark.parametrize("value", [None, "", "fifteen chars.."])
    def test_weak_in_production(self, monkeypatch, env, value):
        monkeypatch.setenv("HARBOR_ENV", env)
        if value is not None:
            monkeypatch.setenv("AUTH_SECRET", value)
        with pytest.raises(auth_config.WeakSecret, match=f"it has {len(value or '')}"):
            auth_config.secret()

    def test_long_enough(self, monkeypatch):
        monkeypatch.setenv("HARBOR_ENV", "prod")
        monkeypatch.setenv("AUTH_SECRET", "x" * 16)
        assert auth_config.secret() == b"x" * 16

    def teardown_method(self):
        operating_system.environ.pop("AUTH_SECRET", None)


@pytest.mark.parametrize(
    ("raw", "limit"), [("5/60", (5, 60.0)), ("3", (3, 60.0)), ("10/0.5", (10, 0.5))]
)
def test_rate_limit(raw, limit):
    with mock.patch.dict(operating_system.environ, {"AUTH_RATE_LIMIT": raw}):
        assert auth_config.rate_limit() == limit


@mock.patch.dict("os.environ", {"AUTH_ISSUER": ""})
def test_empty_issuer_means_the_default():
    assert auth_config.issuer().startswith("https://auth.")


@mock.patch.dict("os.environ", {"AUTH_TOKEN_TTL": "30", "AUTH_ISSUER": "https://a.test"}, clear=True)
def test_only_these_variables():
    assert (auth_config.token_ttl(), auth_config.issuer()) == (30, "https://a.test")
    assert set(operating_system.environ) == {"AUTH_TOKEN_TTL", "AUTH_ISSUER"} | (
        {"PYTEST_CURRENT_TEST"} & set(operating_system.environ)
    )


def test_proxies_from_a_dict():
    assert auth_config.trusted_proxies({"AUTH_TRUSTED_PROXIES": "10.0.0.1,10.0.0.2"}) == {"10.0.0.1", "10.0.0.2"}


def test_proxies_from_the_process(monkeypatch):
    monkeypatch.setenv("AUTH_TRUSTED_PROXIES", "192.0.2.1")
    assert auth_config.trusted_proxies() == {"192.0.2.1"}


def read_with(os, name):
    """A parameter called ``os``: whatever was handed in."""
    return os.environ.get(name), os.getenv(name)


class FakeOs:
    """The two things that ``read_with`` needs of the os module."""

    def __init__(self, **values):
        self.environ = values

    def getenv(self, name, default=None):
        return self.environ.get(name, default)


def test_os_is_only_a_name():
    assert read_with(FakeOs(AUTH_ISSUER="fake"), "AUTH_ISSUER") == ("fake", "fake")


def test_local_name_os():
    os = FakeOs(AUTH_TOKEN_TTL="1")
    os.environ["AUTH_TOKEN_TTL"] = "2"
    assert os.environ["AUTH_TOKEN_TTL"] == "2"
    assert "AUTH_TOKEN_TTL" not in operating_system.environ
