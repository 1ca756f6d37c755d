"""asyncio: 2,000 short selects by 20 tasks.

Each task of the raw program holds a connection of its own; ours and the rival's check one out of
the pool for each select, as a web application does for each request.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from importlib import import_module
from pathlib import Path
from typing import Any

from benchmarks.language import item_table, language
from benchmarks.workload import Work
from benchmarks.workloads.short_text import QUESTION, ROWS, prepare

__all__ = ["prepare", "raw", "sqlalchemy", "toolkit"]

TASKS = 20
KEYS = range(1, ROWS + 1, ROWS // 2_000)


def raw(data: Path) -> Work:
    """The hand-written program: aiosqlite as its manual shows it."""
    loop = asyncio.new_event_loop()
    connections = held_connections(loop, data)

    async def task(number: int, keys: Sequence[int]) -> int:
        total = 0
        for key in keys:
            async with connections[number].execute(QUESTION, (key,)) as cursor:
                total += (await cursor.fetchone())[2]
        return total

    return by_tasks(loop, task, KEYS)


def held_connections(loop: asyncio.AbstractEventLoop, data: Path) -> list[Any]:
    """A connection of aiosqlite for each task."""
    aiosqlite = import_module("aiosqlite")

    async def connected() -> list[Any]:
        return [await aiosqlite.connect(data) for _ in range(TASKS)]

    return loop.run_until_complete(connected())


def toolkit(data: Path) -> Work:
    """Ours."""
    return by_engine("toolkit", data)


def sqlalchemy(data: Path) -> Work:
    """The same program under the other import name."""
    return by_engine("sqlalchemy", data)


def by_engine(package: str, data: Path) -> Work:
    """The program for both, written to the documented API they share."""
    library = language(package)
    select, columns = library.select, item_table(library).c
    create = import_module(f"{package}.ext.asyncio").create_async_engine
    engine = create(f"sqlite+aiosqlite:///{data}", pool_size=TASKS)

    async def task(number: int, keys: Sequence[int]) -> int:
        total = 0
        for key in keys:
            question = select(columns.id, columns.name, columns.age).where(columns.id == key)
            async with engine.connect() as connection:
                total += (await connection.execute(question)).first()[2]
        return total

    return by_tasks(asyncio.new_event_loop(), task, KEYS)


def by_tasks(
    loop: asyncio.AbstractEventLoop,
    task: Callable[[int, Sequence[int]], Awaitable[int]],
    keys: Sequence[int],
) -> Work:
    """The selects, each task's share of the keys in turn."""

    async def all_tasks() -> int:
        return sum(await asyncio.gather(*(task(n, keys[n::TASKS]) for n in range(TASKS))))

    return lambda: loop.run_until_complete(all_tasks())
