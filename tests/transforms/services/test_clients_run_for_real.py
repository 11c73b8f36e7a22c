"""Suites moved to the utilities are run against a real websocket server and real databases."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from ssot_migrate.plans.model import Plan

Migrated = Callable[[Mapping[str, str], str], Plan]
ROOT = {"conftest.py": "", "shop/__init__.py": "", "shop/tests/__init__.py": ""}
SOCKETS = """\
import asyncio
import json

import websockets
from websockets.asyncio.server import serve


async def answer(socket):
    await socket.send(json.dumps({"authorization": socket.request.headers.get("Authorization", "")}))
    async for message in socket:
        await socket.send(message)


async def serving(scenario):
    async with serve(answer, "127.0.0.1", 0) as server:
        await scenario(f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}/ws")


def test_exchange():
    async def scenario(url):
        token = "t0ken"
        headers = {"Authorization": f"Bearer {token}"}
        async with websockets.connect(url, additional_headers=headers) as ws:
            assert json.loads(await ws.recv()) == {"authorization": "Bearer t0ken"}
            for number in (1, 2.5, "three", None, ["ü"]):
                await ws.send(json.dumps({"number": number}))
                raw = await asyncio.wait_for(ws.recv(), timeout=3)
                assert json.loads(raw) == {"number": number}

    asyncio.run(serving(scenario))


def test_kept():
    async def scenario(url):
        ws = await websockets.connect(url)
        assert json.loads(await ws.recv()) == {"authorization": ""}
        await ws.close()

    asyncio.run(serving(scenario))
"""
DATABASES = """\
from sqlalchemy import create_engine, event, text
from sqlalchemy.orm import Session


def test_file(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path}/shop.db", echo=False)
    with engine.begin() as connection:
        connection.execute(text("create table item (name text)"))
        connection.execute(text("insert into item values ('cup')"))
    with Session(engine) as session:
        session.execute(text("insert into item values ('pot')"))
        session.rollback()
        with session.begin_nested():
            session.execute(text("insert into item values ('pan')"))
        session.commit()
        assert session.execute(text("select name from item")).scalars().all() == ["cup", "pan"]
    engine.dispose()


def test_memory():
    engine = create_engine("sqlite://")
    seen = []
    event.listen(engine, "before_cursor_execute", lambda *told: seen.append(told[2]))
    with engine.connect() as connection:
        assert connection.execute(text("select 1")).scalar() == 1
    assert "select 1" in seen and engine.dialect.name == "sqlite"
"""
CONFTEST = """\
import sqlite3

import pytest

from shop.opening import opened


@pytest.fixture
def db_connection(tmp_path):
    with opened(tmp_path) as connection:
        yield connection
"""
OPENING = """\
import sqlite3
from contextlib import contextmanager


@contextmanager
def opened(folder):
    connection = sqlite3.connect(f"{folder}/shop.db")
    yield connection
    connection.close()
"""
COPY = """\
import pytest

from shop.opening import opened


@pytest.fixture
def db_connection(tmp_path):
    with opened(tmp_path) as connection:
        yield connection


def test_connection(db_connection):
    assert db_connection.execute("select 2").fetchone() == (2,)
"""


def test_a_websocket_suite_passes_as_before(
    migrated: Migrated, outcome: Callable[[], str], tmp_path: Path
) -> None:
    """Blocks whose every use has a counterpart talk to the same server in the same words."""
    plan = migrated({**ROOT, "shop/tests/test_sockets.py": SOCKETS}, "websocket-helper")
    text = (tmp_path / "shop/tests/test_sockets.py").read_text("utf-8")

    assert [f.state.value for f in plan.findings] == ["changed", "advice"]
    assert "async with WebSocketTestUtility(url, bearer=token).connect() as ws:" in text
    assert "await ws.send_json({" in text
    assert "raw = await ws.receive_json(3)" in text
    assert outcome() == "2 passed"


def test_a_database_suite_passes_as_before(
    migrated: Migrated, outcome: Callable[[], str], tmp_path: Path
) -> None:
    """The utility's engine serves files, memory, savepoints and listeners."""
    migrated({**ROOT, "shop/tests/test_database.py": DATABASES}, "database-helper")
    text = (tmp_path / "shop/tests/test_database.py").read_text("utf-8")

    assert text.count(").engine") == 2
    assert "create_engine" not in text
    assert outcome() == "2 passed"


def test_pytest_finds_the_fixture_of_the_conftest(
    migrated: Migrated, outcome: Callable[[], str], tmp_path: Path
) -> None:
    """A fixture that went is taken from the conftest above."""
    files = {"shop/opening.py": OPENING, "shop/tests/conftest.py": CONFTEST, "shop/tests/test_copy.py": COPY}
    migrated({**ROOT, **files}, "database-helper")

    assert "fixture" not in (tmp_path / "shop/tests/test_copy.py").read_text("utf-8")
    assert outcome() == "1 passed"
