"""Servers that vanish or freeze while tasks wait for them: on containers that may be hurt."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from tests.containers import launch
from tests.containers.backend import Backend
from tests.core.aio.tools import async_url, asynchronous, opened
from toolkit import text
from toolkit.exc import DBAPIError, OperationalError

pytestmark = pytest.mark.backend("postgresql-18-psycopg", "postgresql-18-psycopg2")
PATIENCE = {"psycopg": {"connect_timeout": 2}, "psycopg2": {"timeout": 2}}


def url_and_patience(backend: Backend) -> dict[str, Any]:
    """What an engine is made with that does not wait for ever."""
    url = async_url(backend)
    return {"url": url, "connect_args": PATIENCE[backend.driver]}


async def patiently(backend: Backend) -> None:
    """Wait until the server answers again."""
    made = await asyncio.to_thread(launch.connect_patiently, backend.driver, backend.address)
    made.close()


@asynchronous
async def test_a_server_that_is_killed_loses_all_connections_and_comes_back(
    own_backend: Backend,
) -> None:
    async with opened(**url_and_patience(own_backend), pool_size=3) as engine:
        async with engine.connect() as idle, engine.connect() as other:
            await idle.execute(text("select 1"))
            await other.execute(text("select 1"))
        assert engine.pool.checkedin() == 2  # type: ignore[attr-defined]
        async with engine.connect() as connection:
            task = asyncio.create_task(connection.execute(text("select pg_sleep(60)")))
            await asyncio.sleep(0.2)
            with own_backend.server.container() as container:
                container.kill()
                with pytest.raises(DBAPIError) as caught:
                    await asyncio.wait_for(task, 20)
                assert caught.value.connection_invalidated
                assert connection.invalidated
                with pytest.raises(OperationalError):
                    _ = await engine.connect()
                container.start()
            await patiently(own_backend)
            await connection.rollback()
            assert await connection.scalar(text("select 2")) == 2
        async with engine.connect() as one, engine.connect() as two:
            assert await one.scalar(text("select 3")) == 3
            assert await two.scalar(text("select 3")) == 3


@asynchronous
async def test_a_server_that_freezes_holds_up_no_other_task(own_backend: Backend) -> None:
    ticks = 0

    async def tick() -> None:
        nonlocal ticks
        while True:
            await asyncio.sleep(0.01)
            ticks += 1

    async with opened(**url_and_patience(own_backend), pool_size=2) as engine:

        async def work() -> Any:
            async with engine.connect() as connection:
                return await connection.scalar(text("select 1"))

        assert await work() == 1
        ticking = asyncio.create_task(tick())
        with own_backend.server.container() as container:
            container.pause()
            try:
                with pytest.raises(asyncio.TimeoutError):
                    await asyncio.wait_for(work(), 0.5)
            finally:
                container.unpause()
        ticking.cancel()
        assert ticks > 20
        await patiently(own_backend)
        assert await work() == 1
        assert engine.pool.checkedout() == 0
