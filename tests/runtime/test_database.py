"""Database sessions: on SQLite and real PostgreSQL, nothing stays; a server that dies is a clear error."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, func, insert, select, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from shared.isolated_environment import get_env
from test_framework.ssot import database_test_utility
from test_framework.ssot.database_test_utility import (
    DatabaseLostError,
    DatabaseTestUtility,
    assert_in_sync,
    driver_url,
)
from test_framework.ssot.real_services import Service, start_postgresql

METADATA = MetaData()
USERS = Table("users", METADATA, Column("id", Integer, primary_key=True), Column("name", String))


@pytest.fixture(scope="module")
def postgresql(servers: None) -> Iterator[Service]:
    """One server for the module."""
    service = start_postgresql()
    yield service
    service.stop()


@pytest.fixture(params=["sqlite", pytest.param("postgresql", marks=pytest.mark.heavy)])
def database(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[DatabaseTestUtility]:
    """The utility, as the environment says."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    if request.param == "postgresql":
        monkeypatch.setenv("DATABASE_URL", request.getfixturevalue("postgresql").url)
    with DatabaseTestUtility() as utility:
        assert utility.engine.dialect.name == request.param
        utility.create_tables(METADATA)
        yield utility


def rows(database: DatabaseTestUtility) -> int:
    """How many users another connection sees."""
    with database.engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(USERS)).scalar_one()


def test_what_a_test_commits_is_undone(database: DatabaseTestUtility) -> None:
    """Commits, rollbacks to before, and errors in the test all leave no row."""
    with database.session() as session:
        session.execute(insert(USERS).values(name="kept so far"))
        session.commit()
        session.execute(insert(USERS).values(name="dropped"))
        session.rollback()
        assert session.execute(select(USERS.c.name)).scalars().all() == ["kept so far"]
    assert rows(database) == 0

    def fail_inside() -> None:
        with database.session() as session:
            session.execute(insert(USERS).values(name="x"))
            session.commit()
            raise ZeroDivisionError

    pytest.raises(ZeroDivisionError, fail_inside)
    assert rows(database) == 0


def test_async_sessions_too(database: DatabaseTestUtility) -> None:
    """The async session keeps the same promise, in one event loop after another."""

    async def use() -> None:
        async with database.async_session() as session:
            await session.execute(insert(USERS).values(name="x"))
            await session.commit()
            assert (await session.execute(select(func.count()).select_from(USERS))).scalar_one() == 1

    for _ in range(3):
        asyncio.run(use())
    assert rows(database) == 0


def test_queries_are_counted(database: DatabaseTestUtility) -> None:
    """Each statement of the test counts once, sync or async; savepoints do not."""

    async def use() -> None:
        async with database.async_session() as session:
            await session.execute(select(USERS))

    with database.session() as session, database.count_queries() as outer:
        session.execute(select(USERS))
        with database.count_queries() as inner:
            session.execute(insert(USERS).values(name="x"))
            session.commit()
        asyncio.run(use())
    assert [len(inner), len(outer)] == [1, 3]
    assert inner[0].startswith("INSERT")


def test_services_are_compared(database: DatabaseTestUtility, tmp_path: Path) -> None:
    """The same rows pass and are returned; a difference names the services and their rows."""
    with DatabaseTestUtility(f"sqlite:///{tmp_path}/other.db") as other:
        other.create_tables(METADATA)
        with database.session() as ours, other.session() as theirs:
            for session in (ours, theirs):
                session.execute(insert(USERS).values(id=1, name="same"))
            assert assert_in_sync(select(USERS), backend=ours, auth=theirs) == [(1, "same")]
            theirs.execute(USERS.update().values(name="other"))
            with pytest.raises(AssertionError, match=r"backend: \[\(1, 'same'\)\]; auth: \[\(1, 'other'\)\]"):
                assert_in_sync(select(USERS), backend=ours, auth=theirs)


def test_a_temporary_database_is_removed(monkeypatch: pytest.MonkeyPatch) -> None:
    """Where there is no server, nothing of the file that stood in stays."""
    monkeypatch.delenv("DATABASE_URL", raising=False)
    with DatabaseTestUtility() as database:
        database.create_tables(METADATA)
        path = Path(str(database.engine.url.database))
        assert path.exists()
    assert not path.parent.exists()


@pytest.mark.parametrize(
    ("url", "sync", "asynchronous"),
    [
        ("postgres://u@h/d", "postgresql+psycopg://u@h/d", "postgresql+asyncpg://u@h/d"),
        (
            "postgresql+asyncpg://u@h/d?ssl=require",
            "postgresql+psycopg://u@h/d?sslmode=require",
            "postgresql+asyncpg://u@h/d?ssl=require",
        ),
        (
            "postgresql+psycopg2://u@h/d?sslmode=verify-full&application_name=a",
            "postgresql+psycopg://u@h/d?application_name=a&sslmode=verify-full",
            "postgresql+asyncpg://u@h/d?dsn=postgresql%3A%2F%2F%3Fapplication_name%3Da&ssl=verify-full",
        ),
        (
            "postgresql://u@h/d?ssl=true&sslmode=require",
            "postgresql+psycopg://u@h/d?sslmode=require",
            "postgresql+asyncpg://u@h/d?ssl=require",
        ),
        (
            "postgresql://u@/d?host=/sockets&sslmode=require",
            "postgresql+psycopg://u@/d?host=%2Fsockets",
            "postgresql+asyncpg://u@/d?host=%2Fsockets",
        ),
        ("sqlite:///x.db", "sqlite:///x.db", "sqlite+aiosqlite:///x.db"),
    ],
)
def test_each_driver_gets_the_ssl_parameter_it_knows(url: str, sync: str, asynchronous: str) -> None:
    """One URL serves psycopg and asyncpg; other parameters stay, where the driver takes them."""
    assert str(driver_url(url)) == sync
    assert str(driver_url(url, asynchronous=True)) == asynchronous


def test_contradicting_ssl_parameters_are_an_error() -> None:
    """Security settings are not chosen by order."""
    with pytest.raises(ValueError, match="contradict"):
        driver_url("postgresql://u@h/d?ssl=disable&sslmode=require")


@pytest.mark.heavy
@pytest.mark.parametrize("parameter", ["ssl=disable", "sslmode=disable", "sslmode=prefer"])
def test_both_drivers_connect_with_either_parameter(parameter: str, postgresql: Service) -> None:
    """The same URL works for a sync and an async session on a real server."""

    async def use(database: DatabaseTestUtility) -> None:
        async with database.async_session() as session:
            assert (await session.execute(text("SELECT 1"))).scalar_one() == 1

    with DatabaseTestUtility(f"{postgresql.url}?{parameter}") as database:
        with database.session() as session:
            assert session.execute(text("SELECT 1")).scalar_one() == 1
        asyncio.run(use(database))


SELF_SIGNED = (
    "openssl req -new -x509 -days 2 -nodes -subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 "
    "-out server.crt -keyout server.key && chmod 600 server.key"
)


@pytest.mark.heavy
def test_both_drivers_check_the_server_s_certificate(
    doomed: Service, tmp_path: Path, needs: Callable[[str], str]
) -> None:
    """One URL with certificate, application name and time limit: encrypted and verified, or refused."""
    needs("openssl")
    with DatabaseTestUtility(doomed.url) as database:
        admin = database.engine.connect().execution_options(isolation_level="AUTOCOMMIT")
        with admin as connection:
            connection.exec_driver_sql(f"COPY (SELECT) TO PROGRAM '{SELF_SIGNED}'")
            connection.exec_driver_sql("ALTER SYSTEM SET ssl = on")
            connection.exec_driver_sql("SELECT pg_reload_conf()")
            certificate = connection.exec_driver_sql("SELECT pg_read_file('server.crt')").scalar_one()
    known = tmp_path / "root.crt"
    known.write_text(certificate)
    asked = text(
        "SELECT ssl, current_setting('application_name') FROM pg_stat_ssl WHERE pid = pg_backend_pid()"
    )

    async def use(database: DatabaseTestUtility) -> tuple[object, ...]:
        async with database.async_session() as session:
            return tuple((await session.execute(asked)).one())

    url = f"{doomed.url}?sslmode=verify-full&application_name=tests&connect_timeout=9&sslrootcert="
    with DatabaseTestUtility(url + str(known)) as database:
        with database.session() as session:
            assert session.execute(asked).one() == (True, "tests")
        assert asyncio.run(use(database)) == (True, "tests")
    with DatabaseTestUtility(f"{url}{tmp_path}/none.crt") as database:
        with pytest.raises(DBAPIError, match=r"none\.crt.* does not exist"), database.session():
            pytest.fail("entered")
        with pytest.raises(FileNotFoundError):
            asyncio.run(use(database))


@pytest.mark.heavy
def test_connections_are_pooled(postgresql: Service, monkeypatch: pytest.MonkeyPatch) -> None:
    """Sessions one after the other use one connection; a pool that is used up is an error in time."""
    monkeypatch.setattr(database_test_utility, "_CONNECT_SECONDS", 1)
    with DatabaseTestUtility(postgresql.url, pool_size=1) as database:

        def backend() -> int:
            with database.session() as session:
                return int(session.execute(text("SELECT pg_backend_pid()")).scalar_one())

        assert len({backend() for _ in range(5)}) == 1
        with ExitStack() as exits:
            for _ in range(11):
                exits.enter_context(database.session())
            with pytest.raises(PoolTimeoutError, match="QueuePool limit .* timeout 1"), database.session():
                pytest.fail("entered")


@pytest.fixture
def doomed(servers: None) -> Iterator[Service]:
    """A server that may be killed."""
    service = start_postgresql()
    yield service
    service.stop()


@pytest.mark.heavy
def test_a_server_killed_in_mid_transaction_is_a_clear_error(doomed: Service) -> None:
    """The next statement's error comes through, undisturbed by clean-up; later sessions fail at once."""
    with DatabaseTestUtility(doomed.url) as database:
        database.create_tables(METADATA)

        def use() -> None:
            with database.session() as session:
                session.execute(insert(USERS).values(name="x"))
                doomed.kill()
                while True:  # the server's processes end one after the other
                    session.execute(select(USERS))

        with pytest.raises(DatabaseLostError, match="was lost: .*(server closed|terminat)") as caught:
            use()
        assert "SELECT" in str(caught.value)
        with pytest.raises(OperationalError, match="refused"), database.session():
            pytest.fail("entered")


@pytest.mark.heavy
def test_a_server_killed_in_an_async_transaction_is_a_clear_error(doomed: Service) -> None:
    """So it is for the async driver."""

    async def use(database: DatabaseTestUtility) -> None:
        async with database.async_session() as session:
            await session.execute(insert(USERS).values(name="x"))
            doomed.kill()
            while True:
                await session.execute(select(USERS))

    with DatabaseTestUtility(doomed.url) as database:
        database.create_tables(METADATA)
        with pytest.raises(DatabaseLostError, match="the connection to the database was lost: "):
            asyncio.run(asyncio.wait_for(use(database), 30))


@pytest.mark.heavy
def test_a_killed_backend_leaves_no_row(postgresql: Service) -> None:
    """The server ends the test's connection: an error, and the next session finds nothing of it."""
    with DatabaseTestUtility(postgresql.url) as database:
        database.create_tables(METADATA)

        def use() -> None:
            with database.session() as session, database.engine.connect() as other:
                session.execute(insert(USERS).values(name="x"))
                session.commit()
                pid = session.execute(text("SELECT pg_backend_pid()")).scalar_one()
                other.execute(text("SELECT pg_terminate_backend(:pid)"), {"pid": pid})
                session.execute(select(USERS))

        with pytest.raises(DatabaseLostError, match="terminating connection"):
            use()
        assert rows(database) == 0
        with database.session() as session:
            assert session.execute(select(USERS)).all() == []


@pytest.mark.heavy
def test_a_thousand_sessions_leave_nothing(postgresql: Service) -> None:
    """No row, no connection and no open file more than before."""
    with DatabaseTestUtility(postgresql.url) as database:
        database.create_tables(METADATA)
        files = len(os.listdir("/proc/self/fd")) if os.path.exists("/proc") else 0
        for number in range(1000):
            with database.session() as session:
                session.execute(insert(USERS).values(name=str(number)))
                session.commit()
        count = text("SELECT count(*) FROM pg_stat_activity WHERE backend_type = 'client backend'")
        with database.engine.connect() as connection:
            assert connection.execute(count).scalar_one() == 1
        assert rows(database) == 0
        assert len(os.listdir("/proc/self/fd")) - files in (0, 1) if files else True
    assert "DATABASE_URL" not in get_env()
