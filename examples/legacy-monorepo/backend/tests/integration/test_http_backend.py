"""The backend over real HTTP, on a real database file."""

import sqlite3
import urllib.request

import pytest

from common.http_client import HttpError, request_json

pytestmark = pytest.mark.integration

AGENT = {"X-User": "ada", "X-Tenant": "acme", "X-Permissions": "ticket.*"}


def test_health(backend_url, monkeypatch):
    monkeypatch.setenv("HARBOR_ENV", "integration")
    assert request_json("GET", f"{backend_url}/health")["env"] == "integration"


def test_ticket_is_on_disk(backend_url, database_file):
    made = request_json("POST", f"{backend_url}/tickets", {"subject": "Down", "body": "timeout"}, AGENT)
    row = sqlite3.connect(database_file).execute("SELECT tenant, priority FROM tickets").fetchone()
    assert row == ("acme", "high")
    assert request_json("GET", f"{backend_url}/tickets/{made['id']}", headers=AGENT)["status"] == "open"


def test_errors_carry_a_status(backend_url):
    with pytest.raises(HttpError) as caught:
        request_json("GET", f"{backend_url}/tickets/tkt_none", headers=AGENT)
    assert caught.value.status == 404


class TestAnonymous:
    def test_may_read_by_default(self, backend_url, monkeypatch):
        monkeypatch.delenv("BACKEND_ANONYMOUS", raising=False)
        assert request_json("GET", f"{backend_url}/tickets")["total"] == 0

    def test_reading_can_be_forbidden(self, backend_url, monkeypatch):
        monkeypatch.setenv("BACKEND_ANONYMOUS", "nothing")
        with pytest.raises(HttpError, match="403"):
            request_json("GET", f"{backend_url}/tickets")


def test_garbage_is_a_400(backend_url):
    request = urllib.request.Request(f"{backend_url}/tickets", data=b"{not json", method="POST")
    with pytest.raises(urllib.error.HTTPError, match="400"):
        urllib.request.urlopen(request, timeout=5)


def test_parallel_writers(backend_url):
    from concurrent.futures import ThreadPoolExecutor

    def write(number):
        return request_json("POST", f"{backend_url}/tickets", {"subject": f"n {number}", "body": "x"}, AGENT)["id"]

    with ThreadPoolExecutor(4) as pool:
        made = set(pool.map(write, range(12)))
    assert len(made) == 12
    assert request_json("GET", f"{backend_url}/tickets", headers=AGENT)["total"] == 12


def test_user_agent(monkeypatch):
    from common import http_client

    monkeypatch.setenv("HARBOR_RELEASE", "2023.9")
    assert http_client.user_agent() == "harborline/2023.9"
