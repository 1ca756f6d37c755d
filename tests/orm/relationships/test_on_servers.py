"""What the database does to related rows: ON DELETE, ON UPDATE, and what we leave to it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.containers.backend import Backend
from tests.core.fresh import fresh_engine
from tests.orm.shop import counted
from toolkit import Engine, event, select
from toolkit.exc import IntegrityError
from toolkit.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship
from toolkit.schema import Column, ForeignKey, Table
from toolkit.types import String


class Base(DeclarativeBase):
    type_annotation_map = {str: String(20)}


between = Table(
    "rel_user_team",
    Base.metadata,
    Column("user_id", ForeignKey("rel_user.id", ondelete="CASCADE"), primary_key=True),
    Column("team_id", ForeignKey("rel_team.id", ondelete="CASCADE"), primary_key=True),
)


class User(Base):
    __tablename__ = "rel_user"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    cascading: Mapped[list[Cascading]] = relationship(
        cascade="all, delete-orphan", passive_deletes=True, order_by="Cascading.id"
    )
    nulling: Mapped[list[Nulling]] = relationship(passive_deletes="all", order_by="Nulling.id")
    plain: Mapped[list[Plain]] = relationship(order_by="Plain.id")
    kept: Mapped[list[Kept]] = relationship(passive_deletes="all")
    teams: Mapped[list[Team]] = relationship(
        secondary=between, passive_deletes=True, back_populates="users"
    )


class Team(Base):
    __tablename__ = "rel_team"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    users: Mapped[list[User]] = relationship(secondary=between, back_populates="teams")


class Cascading(Base):
    __tablename__ = "rel_cascading"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    user_id: Mapped[int] = mapped_column(ForeignKey(User.id, ondelete="CASCADE"))


class Nulling(Base):
    __tablename__ = "rel_nulling"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    user_id: Mapped[int | None] = mapped_column(ForeignKey(User.id, ondelete="SET NULL"))


class Plain(Base):
    __tablename__ = "rel_plain"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    user_id: Mapped[int | None] = mapped_column(ForeignKey(User.id))


class Kept(Base):
    __tablename__ = "rel_kept"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    user_id: Mapped[int] = mapped_column(ForeignKey(User.id))


class Country(Base):
    __tablename__ = "rel_country"
    code: Mapped[str] = mapped_column(primary_key=True)
    cities: Mapped[list[City]] = relationship(back_populates="country", order_by="City.id")


class City(Base):
    __tablename__ = "rel_city"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    code: Mapped[str | None] = mapped_column(ForeignKey(Country.code, onupdate="CASCADE"))
    country: Mapped[Country | None] = relationship(back_populates="cities")


@pytest.fixture
def engine(backend: Backend, tmp_path: Path) -> Iterator[Engine]:
    with fresh_engine(backend, f"sqlite:///{tmp_path}/rel.db") as engine:
        if backend.dialect == "sqlite":

            @event.listens_for(engine, "connect")
            def keep_keys(connection: Any, record: Any) -> None:
                connection.execute("pragma foreign_keys = on")

        Base.metadata.create_all(engine)
        yield engine
        Base.metadata.drop_all(engine)


@pytest.fixture
def session(engine: Engine) -> Iterator[Session]:
    with Session(engine) as session:
        yield session


def test_rows_that_the_database_deletes_are_not_loaded_for_it(session: Session) -> None:
    session.add(User(id=1, cascading=[Cascading(id=1), Cascading(id=2)], teams=[Team(id=1)]))
    session.commit()
    user = session.get_one(User, 1)
    session.delete(user)
    with counted(session.get_bind()) as sent:
        session.flush()
    assert not any("rel_cascading" in sql for sql in sent)
    session.commit()
    assert session.scalars(select(Cascading)).all() == []
    assert session.execute(select(between)).all() == []
    assert session.scalars(select(Team.id)).all() == [1]


def test_those_that_are_loaded_are_deleted_one_by_one(session: Session) -> None:
    user = User(id=1, cascading=[Cascading(id=1), Cascading(id=2)])
    session.add(user)
    session.commit()
    assert len(user.cascading) == 2
    gone = user.cascading[0]
    session.delete(user)
    session.commit()
    assert gone not in session
    assert session.scalars(select(Cascading)).all() == []


def test_one_that_is_taken_out_goes_though_the_rest_is_the_databases(session: Session) -> None:
    user = User(id=1, cascading=[Cascading(id=1), Cascading(id=2)])
    session.add(user)
    session.commit()
    del user.cascading[0]
    session.commit()
    assert session.scalars(select(Cascading.id)).all() == [2]


def test_with_all_the_database_sets_null_loaded_or_not(session: Session) -> None:
    user = User(id=1, nulling=[Nulling(id=1)])
    session.add_all([user, User(id=2, nulling=[Nulling(id=2)])])
    session.commit()
    found = user.nulling[0]
    with counted(session.get_bind()) as sent:
        session.delete(user)
        session.delete(session.get_one(User, 2))
        session.flush()
    assert not any("UPDATE" in sql for sql in sent)
    session.commit()
    assert (found.user_id, session.get_one(Nulling, 2).user_id) == (None, None)


def test_with_all_a_key_is_left_alone_when_an_object_is_taken_out(session: Session) -> None:
    user = User(id=1, nulling=[Nulling(id=1), Nulling(id=2)])
    session.add(user)
    session.commit()
    first = user.nulling.pop(0)
    session.commit()
    assert first.user_id == 1
    assert [one.id for one in user.nulling] == [1, 2]


def test_without_them_rows_lose_their_parent_first(session: Session) -> None:
    session.add(User(id=1, plain=[Plain(id=1), Plain(id=2)]))
    session.commit()
    session.delete(session.get_one(User, 1))
    session.commit()
    assert session.scalars(select(Plain.user_id)).all() == [None, None]


def test_what_the_database_keeps_is_an_error_and_undone(session: Session) -> None:
    session.add(User(id=1, kept=[Kept(id=1)]))
    session.commit()
    session.delete(session.get_one(User, 1))
    with pytest.raises(IntegrityError):
        session.commit()
    session.rollback()
    assert session.get_one(User, 1).kept[0].user_id == 1


def test_a_new_natural_key_reaches_those_that_refer_to_it(session: Session) -> None:
    country = Country(code="at", cities=[City(id=1), City(id=2)])
    session.add(country)
    session.commit()
    loaded = country.cities[0]
    country.code = "oe"
    session.commit()
    assert session.scalars(select(City.code)).all() == ["oe", "oe"]
    assert loaded.country is country


def test_rows_between_come_and_go_from_both_sides(session: Session) -> None:
    first, second = User(id=1), User(id=2)
    red, blue = Team(id=1, users=[first, second]), Team(id=2)
    session.add_all([red, blue])
    first.teams.append(blue)
    session.commit()
    assert session.execute(select(between).order_by(*between.c)).all() == [(1, 1), (1, 2), (2, 1)]
    red.users.remove(second)
    blue.users = [second]
    session.commit()
    assert session.execute(select(between).order_by(*between.c)).all() == [(1, 1), (2, 2)]
    session.delete(blue)
    session.commit()
    assert second.teams == []


def test_objects_are_compared_in_sql(session: Session) -> None:
    red = Team(id=1)
    user, other = User(id=1, plain=[Plain(id=1)], teams=[red]), User(id=2)
    session.add_all([user, other])
    session.flush()
    assert session.scalars(select(User.id).where(User.teams.contains(red))).all() == [1]
    assert session.scalars(select(User.id).where(~User.teams.contains(red))).all() == [2]
    assert session.scalars(select(User.id).where(User.plain.any(Plain.id == 1))).all() == [1]
    assert session.scalars(select(User.id).where(~User.plain.any())).all() == [2]
