"""``omit_join=False`` has owners joined; ``distinct_target_key`` is met anyway."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.containers.backend import Backend
from tests.core.fresh import fresh_engine
from tests.orm.shop import counted
from toolkit import Column, ForeignKey, Table, select
from toolkit.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    mapped_column,
    relationship,
    selectinload,
    subqueryload,
)


class Base(DeclarativeBase):
    pass


rows = Table(
    "owners_between",
    Base.metadata,
    Column("man_id", ForeignKey("owners_man.id"), primary_key=True),
    Column("dog_id", ForeignKey("owners_dog.id"), primary_key=True),
)


class Man(Base):
    __tablename__ = "owners_man"
    id: Mapped[int] = mapped_column(primary_key=True)
    best_id: Mapped[int | None] = mapped_column(ForeignKey("owners_dog.id"))
    best: Mapped[Dog | None] = relationship(omit_join=False, distinct_target_key=False)
    dogs: Mapped[list[Dog]] = relationship(
        secondary=rows, omit_join=False, distinct_target_key=True, order_by="Dog.id"
    )
    legs: Mapped[list[Leg]] = relationship(omit_join=False, order_by="Leg.id")


class Dog(Base):
    __tablename__ = "owners_dog"
    id: Mapped[int] = mapped_column(primary_key=True)


class Leg(Base):
    __tablename__ = "owners_leg"
    id: Mapped[int] = mapped_column(primary_key=True)
    man_id: Mapped[int | None] = mapped_column(ForeignKey("owners_man.id"))


@pytest.fixture
def session(backend: Backend) -> Iterator[Session]:
    with fresh_engine(backend, "sqlite://") as engine:
        Base.metadata.create_all(engine)
        with Session(engine) as session:
            dogs = [Dog(id=1), Dog(id=2)]
            session.add_all(
                [
                    Man(id=1, best=dogs[0], dogs=dogs, legs=[Leg(id=1), Leg(id=2)]),
                    Man(id=2, best=dogs[0], dogs=[dogs[0]]),
                    Man(id=3),
                ]
            )
            session.commit()
            session.expunge_all()
            yield session


def ids(found: Any) -> Any:
    return [one.id for one in found] if isinstance(found, list) else found and found.id


@pytest.mark.parametrize("way", [selectinload, subqueryload])
@pytest.mark.parametrize(
    ("name", "expected"),
    [("best", [1, 1, None]), ("dogs", [[1, 2], [1], []]), ("legs", [[1, 2], [], []])],
)
def test_the_same_is_found_with_owners_joined(
    session: Session, way: Any, name: str, expected: Any
) -> None:
    statement = select(Man).options(way(getattr(Man, name))).order_by(Man.id)
    with counted(session.get_bind()) as sent:
        assert [ids(getattr(one, name)) for one in session.scalars(statement)] == expected
    assert len(sent) == 2
    assert "FROM owners_man AS owners_man_1" in sent[1]
