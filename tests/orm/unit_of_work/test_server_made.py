"""Values that only the server makes up: versions, sequences, identities, keys, computed columns."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID

import pytest

from toolkit import (
    Computed,
    Engine,
    FetchedValue,
    Identity,
    Integer,
    Sequence,
    String,
    event,
    func,
    text,
)
from toolkit.orm import DeclarativeBase, Mapped, Session, mapped_column
from toolkit.orm.exc import StaleDataError


@contextmanager
def tables(engine: Engine, base: type[DeclarativeBase]) -> Iterator[Session]:
    """A session, with the tables of some classes as long as it lasts."""
    base.metadata.drop_all(engine)
    base.metadata.create_all(engine)
    try:
        with Session(engine) as session:
            yield session
    finally:
        base.metadata.drop_all(engine)


COUNTING = """create trigger uow_count before update on uow_counted
    for each row set new.version = old.version + 1"""


@pytest.mark.backend("mysql-9", "mariadb-11.8")
def test_a_version_that_a_trigger_counts_is_read_before_it_is_needed(engine: Engine) -> None:
    class Base(DeclarativeBase):
        pass

    class Counted(Base):
        __tablename__ = "uow_counted"
        id: Mapped[int] = mapped_column(primary_key=True)
        x: Mapped[int | None]
        version: Mapped[int] = mapped_column(server_default="1", server_onupdate=FetchedValue())
        __mapper_args__ = {"version_id_col": version, "version_id_generator": False}

    with tables(engine, Base) as session:
        session.execute(text(COUNTING))
        one = Counted(x=1)
        session.add(one)
        session.commit()
        for x in (2, 3, 4):
            one.x = x
            session.flush()
        assert one.version == 4
        session.execute(text("update uow_counted set x = 9"))
        one.x = 5
        with pytest.raises(StaleDataError, match="uow_counted"):
            session.flush()
        session.rollback()


@pytest.mark.backend("postgresql-18")
def test_the_version_of_the_server_itself_comes_back_with_the_update(
    engine: Engine, sent: list[str]
) -> None:
    class Base(DeclarativeBase):
        pass

    class Counted(Base):
        __tablename__ = "uow_counted"
        id: Mapped[int] = mapped_column(primary_key=True)
        x: Mapped[int | None]
        xmin: Mapped[str] = mapped_column(String, system=True, server_default=FetchedValue())
        __mapper_args__ = {"version_id_col": xmin, "version_id_generator": False}

    with tables(engine, Base) as session:
        one = Counted(x=1)
        session.add(one)
        session.commit()
        one.x = 2
        session.commit()
        one.x = 3
        sent.clear()
        session.flush()
        assert "RETURNING" in sent[-1]
        before = one.__dict__["xmin"]
        session.commit()
        assert one.xmin == before
        one.x = 4
        with Session(engine) as other:
            other.execute(text("update uow_counted set x = 9"))
            other.commit()
        with pytest.raises(StaleDataError, match="uow_counted"):
            session.flush()
        session.rollback()
        assert one.x == 9


@pytest.mark.backend("postgresql-18", "mariadb-11.8")
def test_sequences_make_keys_and_values(engine: Engine, sent: list[str]) -> None:
    class Base(DeclarativeBase):
        pass

    class Made(Base):
        __tablename__ = "uow_sequenced"
        id: Mapped[int] = mapped_column(Sequence("uow_ids", start=10), primary_key=True)
        number: Mapped[int] = mapped_column(Sequence("uow_numbers", start=100))

    with tables(engine, Base) as session:
        made = [Made() for _ in range(5)]
        session.add_all(made)
        sent.clear()
        session.flush()
        assert [(one.id, one.number) for one in made] == [(10 + n, 100 + n) for n in range(5)]


@pytest.mark.backend("postgresql-18")
def test_keys_of_the_servers_functions_come_back_in_order(engine: Engine, sent: list[str]) -> None:
    class Base(DeclarativeBase):
        pass

    class Keyed(Base):
        __tablename__ = "uow_keyed"
        id: Mapped[UUID] = mapped_column(primary_key=True, server_default=func.gen_random_uuid())
        name: Mapped[str] = mapped_column(String(20))
        number: Mapped[int] = mapped_column(Integer, Identity(start=7))

    with tables(engine, Base) as session:
        made = [Keyed(name=f"k{n}") for n in range(4)]
        session.add_all(made)
        session.commit()
        found = dict(tuple(row) for row in session.execute(text("select name, id from uow_keyed")))
        assert {one.name: one.id for one in made} == {
            name: UUID(str(key)) for name, key in found.items()
        }
        assert sorted(one.number for one in made) == [7, 8, 9, 10]


@pytest.mark.backend("sqlite", "postgresql-18", "mysql-9", "mariadb-11.8")
@pytest.mark.parametrize("eager", [True, False, "auto"])
def test_a_computed_column_is_what_the_row_is_now(engine: Engine, eager: Any) -> None:
    class Base(DeclarativeBase):
        pass

    class Box(Base):
        __tablename__ = "uow_box"
        id: Mapped[int] = mapped_column(primary_key=True)
        x: Mapped[int]
        twice: Mapped[int | None] = mapped_column(Computed("x * 2", persisted=True))
        __mapper_args__ = {"eager_defaults": eager}

    with tables(engine, Base) as session:
        boxes = [Box(x=1), Box(x=2)]
        session.add_all(boxes)
        session.flush()
        assert [box.twice for box in boxes] == [2, 4]
        for box in boxes:
            box.x += 10
        session.flush()
        assert ("twice" in boxes[0].__dict__) == (eager is True)
        assert [box.twice for box in boxes] == [22, 24]


@pytest.mark.backend("sqlite", "postgresql-18", "mysql-9", "mariadb-11.8")
def test_what_a_listener_changes_before_an_insert_is_in_the_row(engine: Engine) -> None:
    class Base(DeclarativeBase):
        pass

    class Slug(Base):
        __tablename__ = "uow_slug"
        id: Mapped[int] = mapped_column(primary_key=True)
        name: Mapped[str] = mapped_column(String(20))
        slug: Mapped[str] = mapped_column(String(20))

    @event.listens_for(Slug, "before_insert")
    @event.listens_for(Slug, "before_update")
    def slugify(mapper: Any, connection: Any, target: Slug) -> None:
        target.slug = target.name.lower()

    with tables(engine, Base) as session:
        session.add_all([Slug(name="A"), Slug(name="B")])
        session.commit()
        one = session.get_one(Slug, 1)
        one.name = "C"
        session.commit()
        found = session.execute(text("select name, slug from uow_slug order by id"))
        assert [tuple(row) for row in found] == [("C", "c"), ("B", "b")]
