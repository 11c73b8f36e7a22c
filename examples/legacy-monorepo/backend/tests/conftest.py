"""Fixtures of the backend's tests.

The variables below must be there before ``backend.app.settings`` is imported: it reads them at import.
"""
import os

os.environ["BACKEND_DATABASE_URL"] = "sqlite:///:memory:"
os.environ["BACKEND_MAX_BODY"] = "5000"
os.environ.setdefault("HARBOR_LLM_KEY", "llm-test-key-0001")

import pytest  # noqa: E402

from backend.app import settings  # noqa: E402
from backend.app.context import ExecutionContext, UserContext  # noqa: E402
from backend.app.tickets import TicketStore  # noqa: E402
from common import database  # noqa: E402


@pytest.fixture
def store():
    connection = database.connect(settings.DATABASE_URL)
    yield TicketStore(connection)
    connection.close()


@pytest.fixture
def agent_user():
    return UserContext("ada", "acme", frozenset({"ticket.*"}))


@pytest.fixture
def context(store, agent_user):
    ticket = store.create("acme", "Refund please", "I was charged twice for one invoice.")
    return ExecutionContext(agent_user, ticket.id)


@pytest.fixture
def clean_backend_env():
    """No ``BACKEND_*`` variable during the test."""
    saved = {}
    for name in list(os.environ):
        if name.startswith("BACKEND_"):
            saved[name] = os.environ.pop(name)
    yield saved
    for name in [name for name in os.environ if name.startswith("BACKEND_")]:
        del os.environ[name]
    os.environ.update(saved)
