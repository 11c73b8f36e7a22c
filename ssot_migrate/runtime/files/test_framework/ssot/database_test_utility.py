"""Database sessions for tests: real transactions, rolled back at the end, whatever the test commits."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any
from urllib.parse import urlencode

from sqlalchemy import URL, Connection, Engine, Executable, MetaData, create_engine, event, make_url
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine
from sqlalchemy.orm import Session

from shared.isolated_environment import get_env

_CONNECT_SECONDS = 5
_NO_QUERIES = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK TO")
_CONNECTION_ERRORS = (SQLAlchemyError, OSError)
_SSL_WORDS = {"true": "require", "false": "disable"}
_DRIVERS = {("postgresql", False): "psycopg", ("postgresql", True): "asyncpg", ("sqlite", True): "aiosqlite"}
# What asyncpg, unlike psycopg, takes in a DSN only.
_IN_DSN = frozenset({"application_name", "sslcert", "sslcrl", "sslkey", "sslpassword", "sslrootcert"})
# What each driver calls the seconds to wait for a connection.
_CONNECT_ARGUMENTS = {"psycopg": "connect_timeout", "asyncpg": "timeout"}


class DatabaseLostError(RuntimeError):
    """The server went away while a session was open; tells at which statement."""


def driver_url(url: str, *, asynchronous: bool = False) -> URL:
    """Return ``url`` for our sync or async driver, with the SSL parameters that this driver knows.

    asyncpg knows ``ssl``, psycopg ``sslmode``, and each refuses the other's; a socket needs neither.
    Certificates have one name for both, but asyncpg takes them in a DSN only, so it gets one.
    ValueError if a URL has both modes and they contradict each other.
    """
    made = make_url(url.replace("postgres://", "postgresql://", 1) if url.startswith("postgres://") else url)
    backend = made.get_backend_name()
    driver = _DRIVERS.get((backend, asynchronous))
    if driver:
        made = made.set(drivername=f"{backend}+{driver}")
    if backend != "postgresql":
        return made
    given = {str(made.query[name]) for name in ("ssl", "sslmode") if name in made.query}
    wanted = {_SSL_WORDS.get(word.lower(), word) for word in given}
    if len(wanted) > 1:
        raise ValueError("the database URL has ssl and sslmode, and they contradict each other")
    made = _with_dsn(made) if asynchronous else made
    made = made.difference_update_query(["ssl", "sslmode"])
    if not wanted or str(made.query.get("host", "")).startswith("/"):
        return made
    return made.update_query_dict({"ssl" if asynchronous else "sslmode": wanted.pop()})


def _with_dsn(url: URL) -> URL:
    moved = {name: str(url.query[name]) for name in sorted(_IN_DSN & url.query.keys())}
    url = url.difference_update_query([*moved, "connect_timeout"])
    return url.update_query_dict({"dsn": f"postgresql://?{urlencode(moved)}"}) if moved else url


class DatabaseTestUtility:
    """Sessions on one database: that of ``DATABASE_URL``, or where there is none a temporary SQLite file."""

    def __init__(self, url: str | None = None, *, pool_size: int = 5) -> None:
        """Connect to nothing yet; ``pool_size`` connections are kept open once they were used.

        Ten more may be open for a while; who then wants another gets an error after a few seconds.
        """
        self._folder = ""
        if url is None:
            url = get_env().get("DATABASE_URL") or f"sqlite:///{self._temporary_file()}"
        self._url = url
        made = driver_url(url)
        pool = {"pool_size": pool_size, "pool_timeout": _CONNECT_SECONDS}
        sizes = pool if made.get_backend_name() != "sqlite" else {}
        self.engine = create_engine(made, pool_pre_ping=True, connect_args=self._limit(made), **sizes)
        self._statements: list[list[str]] = []
        self._prepare(self.engine)

    def __enter__(self) -> DatabaseTestUtility:
        """Return itself."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close all connections, remove a temporary database."""
        self.dispose()

    def dispose(self) -> None:
        """Close all connections, remove a temporary database."""
        self.engine.dispose()
        shutil.rmtree(self._folder, ignore_errors=True)

    def create_tables(self, metadata: MetaData) -> None:
        """Create the tables for good; the rest of a test's work is undone, this is not."""
        metadata.create_all(self.engine)

    @contextmanager
    def session(self) -> Iterator[Session]:
        """Give a session; everything done in it is rolled back, though the test commits."""
        with self.engine.connect() as connection:
            transaction = connection.begin()
            session = Session(connection, join_transaction_mode="create_savepoint")
            error: BaseException | None = None
            try:
                yield session
            except BaseException as raised:
                error = raised
            lost: Exception | None = None
            for undo in (session.close, transaction.rollback):
                try:
                    undo()
                except _CONNECTION_ERRORS as failure:
                    lost = failure
            _conclude(error, lost)

    @asynccontextmanager
    async def async_session(self) -> AsyncIterator[AsyncSession]:
        """Give an async session with the same promise; its connection lives in the running event loop."""
        url = driver_url(self._url, asynchronous=True)
        engine = create_async_engine(url, connect_args=self._limit(url))
        self._prepare(engine.sync_engine)
        try:
            async with engine.connect() as connection:
                transaction = await connection.begin()
                session = AsyncSession(connection, join_transaction_mode="create_savepoint")
                error: BaseException | None = None
                try:
                    yield session
                except BaseException as raised:
                    error = raised
                lost: Exception | None = None
                for undo in (session.close, transaction.rollback):
                    try:
                        await undo()
                    except _CONNECTION_ERRORS as failure:
                        lost = failure
                _conclude(error, lost)
        finally:
            await engine.dispose()

    @contextmanager
    def count_queries(self) -> Iterator[list[str]]:
        """Collect the statements sent inside the block, savepoints left out; ``len`` counts them."""
        statements: list[str] = []
        self._statements.append(statements)
        try:
            yield statements
        finally:
            self._statements.remove(statements)

    def _limit(self, url: URL) -> dict[str, int]:
        """How long a driver may take to connect: as the database's URL says, else a few seconds."""
        argument = _CONNECT_ARGUMENTS.get(url.get_driver_name())
        seconds = int(str(make_url(self._url).query.get("connect_timeout", _CONNECT_SECONDS)))
        return {argument: seconds} if argument else {}

    def _temporary_file(self) -> Path:
        self._folder = tempfile.mkdtemp(prefix="ssot-sqlite-")
        return Path(self._folder, "test.db")

    def _prepare(self, engine: Engine) -> None:
        event.listen(engine, "before_cursor_execute", self._count)
        if engine.dialect.name == "sqlite":
            # The driver's own idea of transactions would break savepoints.
            event.listen(engine, "connect", _leave_transactions_to_us)
            event.listen(engine, "begin", _begin)

    def _count(self, connection: Connection, cursor: object, statement: str, *rest: object) -> None:
        if not statement.startswith(_NO_QUERIES):
            for statements in self._statements:
                statements.append(statement)


def assert_in_sync(statement: Executable, **services: Session) -> list[Any]:
    """Return the rows if every service's session gives the same; AssertionError that tells who differs."""
    rows = {name: session.execute(statement).all() for name, session in services.items()}
    first, *others = rows
    differing = [f"{name}: {rows[name]!r}" for name in others if rows[name] != rows[first]]
    if differing:
        raise AssertionError(f"services are not in sync; {first}: {rows[first]!r}; {'; '.join(differing)}")
    return list(rows[first])


def _conclude(error: BaseException | None, lost: Exception | None) -> None:
    """Raise the test's own ``error``, unless it is one that a lost connection has brought about."""
    gone = lost is not None or getattr(error, "connection_invalidated", False)
    if gone and (error is None or isinstance(error, _CONNECTION_ERRORS)):
        cause = error or lost
        raise DatabaseLostError(f"the connection to the database was lost: {cause}") from cause
    if error is not None:
        raise error


def _leave_transactions_to_us(connection: Any, record: object) -> None:  # noqa: ANN401 - a driver's own
    connection.isolation_level = None


def _begin(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN")
