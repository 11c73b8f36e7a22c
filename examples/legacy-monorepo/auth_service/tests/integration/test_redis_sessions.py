"""Shared sessions on a real Redis: that of ``REDIS_URL``, else these tests are skipped."""
import os
import secrets
import subprocess
import sys
from pathlib import Path

import pytest

from harbor_auth.redis_sessions import RedisSessionStore, connect

pytestmark = pytest.mark.integration

ROOT = Path(__file__).resolve().parents[3]


@pytest.fixture
def store():
    if "REDIS_URL" not in os.environ:
        pytest.skip("REDIS_URL names no Redis")
    client = connect()
    prefix = f"test-{secrets.token_hex(4)}:"
    yield RedisSessionStore(client, prefix)
    for key in list(client.scan_iter(prefix + "*")):
        client.delete(key)
    client.close()


def test_open_touch_close(store):
    key = store.open("ada")
    assert store.touch(key) == "ada"
    assert store.close(key)
    assert (store.touch(key), store.close(key)) == (None, False)


def test_idle_sessions_expire(store, monkeypatch):
    monkeypatch.setenv("AUTH_SESSION_IDLE", "60")
    key = store.open("ada")
    assert 0 < store.client.ttl(store.prefix + key) <= 60
    monkeypatch.setenv("AUTH_SESSION_IDLE", "600")
    store.touch(key)
    assert 60 < store.client.ttl(store.prefix + key) <= 600


def test_all_sessions_of_a_user_end(store):
    own = [store.open("ada"), store.open("ada")]
    other = store.open("bob")
    assert store.close_all("ada") == 2
    assert [store.touch(key) for key in [*own, other]] == [None, None, "bob"]


def test_another_process_sees_the_session(store):
    key = store.open("ada")
    code = (
        "import sys; from harbor_auth.redis_sessions import *\n"
        "print(RedisSessionStore(connect(), sys.argv[1]).touch(sys.argv[2]))"
    )
    env = dict(os.environ, PYTHONPATH=os.pathsep.join([str(ROOT), str(ROOT / "auth_service" / "src")]))
    done = subprocess.run([sys.executable, "-c", code, store.prefix, key], env=env, capture_output=True, text=True)
    assert done.stdout == "ada\n", done.stderr
