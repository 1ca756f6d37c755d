"""asyncio: 1,000 short ORM gets by 20 tasks.

Each task of the raw program holds a connection of its own; ours and the rival's open a session for
each object, as a web application does for each request.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from importlib import import_module
from pathlib import Path

from benchmarks.mapped_item import MappedItem
from benchmarks.workload import Work
from benchmarks.workloads.async_selects import TASKS, by_tasks, held_connections
from benchmarks.workloads.get_by_key import KEYS, prepare

__all__ = ["prepare", "raw", "sqlalchemy", "toolkit"]

QUESTION = "select id, name, city, note, age, score from item where id = ?"


def raw(data: Path) -> Work:
    """The hand-written program: aiosqlite as its manual shows it."""
    loop = asyncio.new_event_loop()
    connections = held_connections(loop, data)

    async def task(number: int, keys: Sequence[int]) -> int:
        total = 0
        for key in keys:
            async with connections[number].execute(QUESTION, (key,)) as cursor:
                total += (await cursor.fetchone())[4]
        return total

    return by_tasks(loop, task, KEYS)


def toolkit(data: Path) -> Work:
    """Ours."""
    return by_sessions("toolkit", data)


def sqlalchemy(data: Path) -> Work:
    """The same program under the other import name."""
    return by_sessions("sqlalchemy", data)


def by_sessions(package: str, data: Path) -> Work:
    """The program for both, written to the documented API they share."""
    item = MappedItem(package, data).cls
    library = import_module(f"{package}.ext.asyncio")
    engine = library.create_async_engine(f"sqlite+aiosqlite:///{data}", pool_size=TASKS)
    make = library.async_sessionmaker(engine)

    async def task(number: int, keys: Sequence[int]) -> int:
        total = 0
        for key in keys:
            async with make() as session:
                total += (await session.get(item, key)).age
        return total

    return by_tasks(asyncio.new_event_loop(), task, KEYS)
