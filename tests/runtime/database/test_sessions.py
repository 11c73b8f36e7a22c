"""Database sessions on SQLite and real PostgreSQL: nothing stays, and a URL serves both drivers."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import func, insert, select

from test_framework.ssot.database_test_utility import (
    DatabaseTestUtility,
    assert_in_sync,
    driver_url,
)
from tests.runtime.database.users import METADATA, USERS, rows


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
