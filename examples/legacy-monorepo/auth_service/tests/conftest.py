"""The auth service's tests. No package here: modules import each other by their plain names."""
import os

# PBKDF2 with production's rounds would make the suite take minutes
os.environ["AUTH_PBKDF2_ROUNDS"] = "1000"

import pytest  # noqa: E402

from harbor_auth.users import UserDirectory  # noqa: E402

from auth_fakes import FakeClock  # noqa: E402  isort:skip


@pytest.fixture
def clock():
    return FakeClock()


@pytest.fixture
def directory():
    users = UserDirectory()
    users.register("ada", "correct horse battery", "agent")
    return users


@pytest.fixture(scope="module")
def signing_secret():
    """One secret for a whole module; ``monkeypatch`` has function scope, hence by hand."""
    before = os.environ.get("AUTH_SECRET")
    os.environ["AUTH_SECRET"] = "a-secret-of-the-test-suite"
    yield os.environ["AUTH_SECRET"].encode()
    if before is None:
        os.environ.pop("AUTH_SECRET")
    else:
        os.environ["AUTH_SECRET"] = before
