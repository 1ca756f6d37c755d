"""What mypy and pyright see of asyncio's sessions; read by `make check`, never run."""

from __future__ import annotations

import asyncio
from typing import Any

from typing_extensions import Unpack, assert_type

from toolkit import Result, ScalarResult, select, text
from toolkit.ext.asyncio import (
    AsyncAttrs,
    AsyncConnection,
    AsyncEngine,
    AsyncResult,
    AsyncScalarResult,
    AsyncSession,
    AsyncSessionTransaction,
    async_object_session,
    async_scoped_session,
    async_sessionmaker,
    create_async_engine,
)
from toolkit.orm import DeclarativeBase, Mapped, Session, mapped_column


class Base(AsyncAttrs, DeclarativeBase):
    pass


class User(Base):
    __tablename__ = "user"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]


class Own(AsyncSession):
    pass


users = select(User)
pairs = select(User.id, User.name)
engine = create_async_engine("sqlite+aiosqlite://")
make = async_sessionmaker(engine, expire_on_commit=False)
assert_type(make, async_sessionmaker[AsyncSession])
make_own = async_sessionmaker(engine, class_=Own)
assert_type(make_own, async_sessionmaker[Own])
assert_type(make_own(), Own)


async def executing() -> None:
    async with AsyncSession(engine) as session:
        assert_type(session, AsyncSession)
        assert_type(await session.execute(pairs), Result[int, str])
        assert_type(await session.execute(text("select 1")), Any)
        assert_type(await session.scalars(users), ScalarResult[User])
        assert_type((await session.scalars(users)).first(), User | None)
        assert_type(await session.scalar(users), User | None)
        assert_type(await session.scalar(select(User.name)), str | None)
        assert_type(await session.get(User, 1), User | None)
        assert_type(await session.get_one(User, 1), User)
        assert_type(await session.merge(User()), User)
        assert_type(await session.merge_all([User()]), list[User])


async def streaming(session: AsyncSession) -> None:
    assert_type(await session.stream(pairs), AsyncResult[int, str])
    assert_type(await session.stream(text("select 1")), AsyncResult[Unpack[tuple[Any, ...]]])
    found = await session.stream_scalars(users)
    assert_type(found, AsyncScalarResult[User])
    async for user in found:
        assert_type(user, User)


async def transactions() -> None:
    async with make() as session, session.begin() as transaction:
        _ = assert_type(transaction, AsyncSessionTransaction)
        _ = assert_type(await session.begin_nested(), AsyncSessionTransaction)
        _ = assert_type(await session.connection(), AsyncConnection)
        _ = assert_type(session.get_transaction(), AsyncSessionTransaction | None)
        assert_type(session.get_async_bind(), AsyncEngine | AsyncConnection)
    async with make_own.begin() as own:
        assert_type(own, Own)


def work(session: Session, number: int, *, name: str) -> list[str]:
    return [name] * number


async def others(session: AsyncSession, user: User) -> None:
    assert_type(await session.run_sync(work, 5, name="x"), list[str])
    assert_type(session.sync_session, Session)
    assert_type(async_object_session(user), AsyncSession | None)
    assert_type(await user.awaitable_attrs.name, Any)
    scoped = async_scoped_session(make_own, scopefunc=asyncio.current_task)
    assert_type(scoped(), Own)
    assert_type(await scoped.get(User, 1), User | None)
    await scoped.remove()
