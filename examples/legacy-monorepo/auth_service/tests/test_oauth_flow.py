"""The authorization code flow, and the mocks of providers that grew around it."""
from urllib.parse import parse_qs, urlsplit
import os

import pytest

from harbor_auth import oauth


class MockOAuthProvider:
    """The other side: hands out codes and checks the verifier."""

    def __init__(self, client_id="client-1"):
        self.client_id = client_id
        self.codes = {}

    def authorize(self, url):
        query = {key: values[0] for key, values in parse_qs(urlsplit(url).query).items()}
        assert query["client_id"] == self.client_id
        code = "code-%d" % (len(self.codes) + 1)
        self.codes[code] = query["code_challenge"]
        return query["state"], code

    def exchange(self, body):
        return oauth.challenge(body["code_verifier"]) == self.codes.pop(body["code"], None)


@pytest.fixture
def flow(monkeypatch):
    monkeypatch.setenv("OAUTH_ACME_CLIENT_ID", "client-1")
    monkeypatch.setenv("OAUTH_ACME_CLIENT_SECRET", "s3cret-of-acme")
    monkeypatch.delenv("OAUTH_ACME_AUTHORIZE_URL", raising=False)
    monkeypatch.delenv("OAUTH_REDIRECT_HOSTS", raising=False)
    return oauth.AuthorizationFlow("acme")


def test_whole_flow(flow):
    provider = MockOAuthProvider()
    url, state = flow.start("http://localhost/callback")
    returned, code = provider.authorize(url)
    assert returned == state
    assert provider.exchange(flow.finish(state, code))


def test_code_is_used_once(flow):
    provider = MockOAuthProvider()
    url, state = flow.start("http://localhost/callback")
    _, code = provider.authorize(url)
    body = flow.finish(state, code)
    assert provider.exchange(body)
    assert not provider.exchange(body)


def test_state_is_used_once(flow):
    _, state = flow.start("http://localhost/callback")
    flow.finish(state, "code-1")
    with pytest.raises(oauth.OAuthError, match="used state"):
        flow.finish(state, "code-1")


@pytest.mark.parametrize("redirect", ["https://evil.test/", "/relative", "http://localhost.evil.test/"])
def test_foreign_redirects(flow, redirect):
    with pytest.raises(oauth.OAuthError, match="not allowed"):
        flow.start(redirect)


def test_more_redirect_hosts(flow, monkeypatch):
    monkeypatch.setenv("OAUTH_REDIRECT_HOSTS", "desk.test,localhost")
    url, _ = flow.start("https://desk.test/callback")
    assert url.startswith("https://acme.test/authorize?")


@pytest.mark.parametrize("name", ["CLIENT_ID", "CLIENT_SECRET"])
def test_missing_setting_is_named(flow, name):
    saved = os.environ.pop("OAUTH_ACME_" + name)
    try:
        with pytest.raises(oauth.OAuthError, match="OAUTH_ACME_" + name):
            oauth.AuthorizationFlow("acme")
    finally:
        os.environ["OAUTH_ACME_" + name] = saved


def test_challenge_is_that_of_the_rfc():
    verifier = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"
    assert oauth.challenge(verifier) == "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"


if __name__ == "__main__":
    exit(pytest.main(["-v", "--tb=short", __file__]))
