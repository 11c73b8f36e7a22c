"""Sessions, factories and connections: advice that names the utility's way."""

import asyncpg
import psycopg2
from sqlalchemy.ext.asyncio import AsyncSession, async_sessionmaker
from sqlalchemy.orm import Session, scoped_session, sessionmaker

from orders.app import engine


def test_session():
    with Session(engine) as session:
        assert session.is_active


def test_factories():
    factory = sessionmaker(bind=engine)
    assert scoped_session(factory)()


async def test_async(async_engine):
    factory = async_sessionmaker(async_engine, class_=AsyncSession)
    async with factory() as session:
        assert session


async def test_drivers():
    connection = await asyncpg.connect("postgresql://localhost/orders")
    await connection.close()
    psycopg2.connect(host="localhost").close()


def test_allowed():
    engine = sessionmaker()  # ssot: allow[database-helper] the subject of this test
    assert engine
