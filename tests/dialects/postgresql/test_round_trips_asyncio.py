"""What is sent to PostgreSQL through asyncio comes back as it does without."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.containers.backend import Backend
from tests.dialects.postgresql.test_round_trips import prepared, same, ways
from tests.dialects.postgresql.values import VALUES
from toolkit import Connection, make_url
from toolkit.ext.asyncio import create_async_engine


@pytest.mark.backend("postgresql-18-psycopg")
@pytest.mark.parametrize("driver", ["psycopg", "asyncpg"])
@pytest.mark.parametrize(("type_", "values"), VALUES, ids=lambda one: repr(one)[:40])
def test_what_is_sent_comes_back(
    type_: Any, values: list[Any], driver: str, backend: Backend
) -> None:
    def trip(connection: Connection) -> None:
        table = prepared(connection, type_)
        for value in values:
            back = ways(connection, table, value)
            assert len(back) == 5
            assert all(same(one, value) for one in back), (value, back)

    async def main() -> None:
        url = make_url(backend.url).set(drivername=f"postgresql+{driver}")
        engine = create_async_engine(url, native_inet_types=False)
        async with engine.connect() as connection:
            await connection.run_sync(trip)
        await engine.dispose()

    asyncio.run(main())
