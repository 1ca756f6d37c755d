"""A session that nobody closes is closed when it is forgotten, with a warning."""

from __future__ import annotations

import gc

import pytest

from tests.core.aio.tools import asynchronous
from tests.orm.aio.people import Person, filled
from toolkit import func, select
from toolkit.exc import SAWarning
from toolkit.ext.asyncio import AsyncSession


@asynchronous
async def test_a_forgotten_session_gives_its_connection_up_with_a_warning(url: str) -> None:
    async with filled(url, pool_size=1, max_overflow=0) as engine:
        session = AsyncSession(engine)
        session.add(Person(name="lost"))
        await session.flush()
        with pytest.warns(SAWarning, match=r"test_lost\.py.*will be terminated"):  # noqa: PT031 - both make it happen
            del session
            gc.collect()
        assert engine.pool.checkedout() == 0
        async with AsyncSession(engine) as other:
            assert await other.scalar(select(func.count()).select_from(Person)) == 3


@asynchronous
async def test_a_forgotten_session_without_a_transaction_is_nobodys_business(
    url: str, recwarn: pytest.WarningsRecorder
) -> None:
    async with filled(url) as engine:
        session = AsyncSession(engine)
        await session.get(Person, 1)
        await session.commit()
        del session
        gc.collect()
        assert [one for one in recwarn if one.category is SAWarning] == []
