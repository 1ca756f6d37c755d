"""People and their pets, mapped, and an engine whose database has some."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from tests.core.aio.tools import opened
from toolkit import URL, ForeignKey, String, func
from toolkit.ext.asyncio import AsyncAttrs, AsyncEngine, AsyncSession
from toolkit.orm import DeclarativeBase, Mapped, mapped_column, relationship


class Base(AsyncAttrs, DeclarativeBase):
    type_annotation_map = {str: String(50)}


class Person(Base):
    __tablename__ = "aio_person"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    note: Mapped[str | None] = mapped_column(deferred=True)
    shout: Mapped[str | None] = mapped_column(onupdate=func.upper("changed"))
    pets: Mapped[list[Pet]] = relationship(
        back_populates="owner", order_by="Pet.id", cascade="all, delete-orphan"
    )


class Pet(Base):
    __tablename__ = "aio_pet"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("aio_person.id"))
    owner: Mapped[Person | None] = relationship(back_populates="pets")


def some() -> list[Person]:
    """Ada with two pets, Bob, and Eve with one."""
    return [
        Person(name="ada", note="first", pets=[Pet(name="rex"), Pet(name="tom")]),
        Person(name="bob"),
        Person(name="eve", pets=[Pet(name="kit")]),
    ]


@asynccontextmanager
async def filled(url: str | URL, **options: Any) -> AsyncIterator[AsyncEngine]:
    """An engine for a database with some people; in the end it has no table of ours."""
    async with opened(url, **options) as engine:
        async with engine.begin() as connection:
            await connection.run_sync(Base.metadata.drop_all)
            await connection.run_sync(Base.metadata.create_all)
        async with AsyncSession(engine) as session, session.begin():
            for one in some():
                session.add(one)
                # One after another, so that their keys are in this order.
                await session.flush()
        try:
            yield engine
        finally:
            async with engine.begin() as connection:
                await connection.run_sync(Base.metadata.drop_all)
