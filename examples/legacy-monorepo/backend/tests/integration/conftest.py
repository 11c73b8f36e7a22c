"""Real servers, files and processes for the integration layer."""
import os
import threading

import pytest

from backend.app.api import Api
from backend.app.server import serve
from backend.app.tickets import TicketStore
from common import database


@pytest.fixture
def database_file(tmp_path):
    """A SQLite file; its URL is in ``BACKEND_DATABASE_URL`` during the test."""
    before = os.environ.get("BACKEND_DATABASE_URL")
    os.environ["BACKEND_DATABASE_URL"] = f"sqlite:///{tmp_path / 'tickets.db'}"
    yield tmp_path / "tickets.db"
    if before is None:
        del os.environ["BACKEND_DATABASE_URL"]
    else:
        os.environ["BACKEND_DATABASE_URL"] = before


@pytest.fixture
def backend_url(database_file):
    """The address of a running backend."""
    import sqlite3

    connection = sqlite3.connect(database.path_of(os.environ["BACKEND_DATABASE_URL"]), check_same_thread=False)
    connection.row_factory = sqlite3.Row
    server = serve(Api(TicketStore(connection)))
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    thread.join()
    server.server_close()
    connection.close()
