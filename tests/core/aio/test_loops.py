"""An engine that is used from a second event loop says so, or just works."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Coroutine
from pathlib import Path
from typing import Any

import pytest

from tests.core.aio.tools import opened
from toolkit import text
from toolkit.exc import InvalidRequestError
from toolkit.ext.asyncio import AsyncEngine, create_async_engine
from toolkit.pool import NullPool
from toolkit_sqlite.drivers.aiosqlite import AioSQLite


@pytest.fixture
def bound(monkeypatch: pytest.MonkeyPatch) -> None:
    """Have the driver's connections keep to their event loop, as those of most drivers do."""
    monkeypatch.setattr(AioSQLite, "keeps_to_its_loop", True)


async def one(engine: AsyncEngine) -> Any:
    async with engine.connect() as connection:
        return await connection.scalar(text("select 1"))


def in_thread(main: Callable[[], Coroutine[Any, Any, Any]]) -> Any:
    """Run something in an event loop of another thread; return its result or error."""
    found: list[Any] = []

    def run() -> None:
        try:
            found.append(asyncio.run(main()))
        except InvalidRequestError as error:
            found.append(error)

    thread = threading.Thread(target=run)
    thread.start()
    thread.join(10)
    return found[0]


@pytest.mark.usefixtures("bound")
def test_connections_of_a_loop_that_has_ended_are_replaced(url: str) -> None:
    engine = create_async_engine(url, pool_size=2)
    for _ in range(3):
        assert asyncio.run(one(engine)) == 1
        assert engine.pool.checkedin() == 1  # type: ignore[attr-defined]
    asyncio.run(engine.dispose())


@pytest.mark.usefixtures("bound")
def test_a_connection_of_a_loop_that_goes_on_is_refused_and_stays_with_it(url: str) -> None:
    async def main() -> None:
        async with opened(url, pool_size=1, max_overflow=0) as engine:
            assert await one(engine) == 1
            error = await asyncio.to_thread(in_thread, lambda: one(engine))
            assert isinstance(error, InvalidRequestError)
            assert "attached to a different event loop" in str(error)
            assert "NullPool" in str(error)
            assert "dispose()" in str(error)
            assert engine.pool.checkedin() == 1  # type: ignore[attr-defined]
            assert await one(engine) == 1

    asyncio.run(main())


@pytest.mark.usefixtures("bound")
def test_without_a_pool_one_engine_serves_all_loops(url: str) -> None:
    engine = create_async_engine(url, poolclass=NullPool)
    assert [asyncio.run(one(engine)) for _ in range(3)] == [1, 1, 1]
    assert in_thread(lambda: one(engine)) == 1


@pytest.mark.usefixtures("bound")
def test_an_engine_that_was_disposed_of_begins_anew_in_the_next_loop(url: str) -> None:
    engine = create_async_engine(url)

    async def main() -> Any:
        found = await one(engine)
        await engine.dispose()
        return found

    assert [asyncio.run(main()) for _ in range(3)] == [1, 1, 1]


@pytest.mark.usefixtures("bound")
def test_what_is_closed_after_its_loop_has_ended_is_cut_off(url: str) -> None:
    engine = create_async_engine(url)
    asyncio.run(one(engine))
    asyncio.run(engine.dispose())
    assert engine.pool.checkedin() == 0  # type: ignore[attr-defined]


def test_sqlite_serves_whichever_loop_asks(tmp_path: Path) -> None:
    engine = create_async_engine("sqlite+aiosqlite://")

    async def create() -> None:
        async with engine.begin() as connection:
            await connection.execute(text("create table t (a)"))

    async def count() -> Any:
        async with engine.connect() as connection:
            return await connection.scalar(text("select count(*) from t"))

    asyncio.run(create())
    assert asyncio.run(count()) == 0
    asyncio.run(engine.dispose())
