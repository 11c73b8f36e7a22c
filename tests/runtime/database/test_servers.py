"""Real servers: either driver, certificates, pools, and a server that dies in mid-transaction."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from shared.isolated_environment import get_env
from test_framework.ssot import database_test_utility
from test_framework.ssot.database_test_utility import (
    DatabaseLostError,
    DatabaseTestUtility,
)
from test_framework.ssot.real_services import Service, start_postgresql
from tests.runtime.database.users import METADATA, USERS, rows


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
