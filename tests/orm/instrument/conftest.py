"""Two related classes in a database, for what happens to their objects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.containers.backend import Backend
from toolkit import ForeignKey, String, create_engine
from toolkit.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship, synonym


class Family:
    """Classes of a base of their own, so that what listens to them listens to no others."""

    def __init__(self) -> None:
        class Base(DeclarativeBase):
            pass

        class Person(Base):
            __tablename__ = "instrument_person"
            id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
            name: Mapped[str | None] = mapped_column(String(50))
            notes: Mapped[str | None] = mapped_column(String(50), deferred=True)
            rank: Mapped[int | None] = mapped_column(server_default="4")
            step: Mapped[int | None] = mapped_column(default=3)
            nick = synonym("name")
            pets: Mapped[list[Pet]] = relationship(back_populates="owner", order_by="Pet.id")
            toys: Mapped[set[Toy]] = relationship()

        class Pet(Base):
            __tablename__ = "instrument_pet"
            id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
            owner_id: Mapped[int | None] = mapped_column(ForeignKey("instrument_person.id"))
            owner: Mapped[Person | None] = relationship(back_populates="pets")

        class Toy(Base):
            __tablename__ = "instrument_toy"
            id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
            person_id: Mapped[int | None] = mapped_column(ForeignKey("instrument_person.id"))

        self.Base: Any = Base
        self.Person: Any = Person
        self.Pet: Any = Pet
        self.Toy: Any = Toy


@pytest.fixture
def family() -> Family:
    return Family()


@pytest.fixture
def session(family: Family) -> Iterator[Session]:
    """A session on SQLite with the tables, which are empty."""
    engine = create_engine("sqlite://")
    family.Base.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    engine.dispose()


@pytest.fixture
def anywhere(family: Family, backend: Backend) -> Iterator[Session]:
    """The same on every server."""
    engine = create_engine(backend.url)
    family.Base.metadata.create_all(engine)
    with Session(engine) as session:
        yield session
    family.Base.metadata.drop_all(engine)
    engine.dispose()
