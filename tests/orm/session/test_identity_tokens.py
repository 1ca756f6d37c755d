"""``identity_token``: objects of the same key in several databases, in one session."""

from __future__ import annotations

import pickle
from collections.abc import Iterator

import pytest

from tests.containers.backend import Backend
from tests.core.fresh import fresh_engine
from toolkit import ForeignKey, String, inspect, select, update
from toolkit.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    joinedload,
    make_transient,
    mapped_column,
    relationship,
)
from toolkit.orm.util import identity_key


class Base(DeclarativeBase):
    type_annotation_map = {str: String(30)}


class Town(Base):
    __tablename__ = "token_town"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None]
    note: Mapped[str | None] = mapped_column(deferred=True)
    roads: Mapped[list[Road]] = relationship()


class Road(Base):
    __tablename__ = "token_road"
    id: Mapped[int] = mapped_column(primary_key=True)
    town_id: Mapped[int | None] = mapped_column(ForeignKey("token_town.id"))


@pytest.fixture
def session(backend: Backend) -> Iterator[Session]:
    with fresh_engine(backend, "sqlite://") as engine:
        Base.metadata.create_all(engine)
        with Session(engine) as session:
            session.add_all([Town(id=1, name="a", note="n", roads=[Road(id=1)]), Town(id=2)])
            session.commit()
            session.expunge_all()
            yield session


def test_each_token_has_an_object_of_its_own(session: Session) -> None:
    east = session.get_one(Town, 1, identity_token="east")
    west = session.get_one(Town, 1, identity_token="west")
    plain = session.get_one(Town, 1)
    assert len({id(one) for one in (east, west, plain)}) == 3
    assert session.get(Town, 1, identity_token="east") is east
    assert session.get(Town, 1) is plain
    assert inspect(east).identity_token == "east"
    assert inspect(east).identity_key == (Town, (1,), "east")
    assert inspect(plain).identity_key == (Town, (1,), None)


def test_the_identity_map_tells_them_apart(session: Session) -> None:
    east = session.get_one(Town, 1, identity_token="east")
    plain = session.get_one(Town, 1)
    key = identity_key(Town, 1, identity_token="east")
    assert key == session.identity_key(Town, 1, identity_token="east")
    assert key == session.identity_key(instance=east)
    assert session.identity_map[key] is east
    assert session.identity_map[identity_key(Town, 1)] is plain
    assert set(session.identity_map) == {key, identity_key(Town, 1)}
    with pytest.raises(KeyError):
        session.identity_map[identity_key(Town, 1, identity_token="west")]


def test_statements_load_with_their_token(session: Session) -> None:
    east = session.get_one(Town, 1, identity_token="east")
    statement = select(Town).where(Town.id == 1)
    again = session.scalars(statement, execution_options={"identity_token": "east"}).one()
    assert again is east
    assert session.scalars(statement.execution_options(identity_token="east")).one() is east
    assert session.scalars(statement).one() is not east
    joined = statement.options(joinedload(Town.roads))
    found = session.scalars(joined, execution_options={"identity_token": "new"}).unique().one()
    assert inspect(found.roads[0]).identity_key == (Road, (1,), "new")


def test_what_is_loaded_later_is_the_objects_own(session: Session) -> None:
    east = session.get_one(Town, 1, identity_token="east")
    plain = session.get_one(Town, 1)
    assert east.note == "n"
    session.expire(east)
    assert east.name == "a"
    session.refresh(east)
    assert inspect(east).identity_token == "east"
    assert session.get(Town, 1, identity_token="east") is east
    assert session.get(Town, 1) is plain


def test_changes_are_of_one_of_them(session: Session) -> None:
    east = session.get_one(Town, 1, identity_token="east")
    plain = session.get_one(Town, 1)
    east.name = "changed"
    session.flush()
    assert plain.name == "a"
    change = update(Town).where(Town.id == 1).values(name="all")
    session.execute(change, execution_options={"identity_token": "east"})
    assert (east.name, plain.name) == ("all", "a")
    session.execute(change.values(name="both"))
    assert (east.name, plain.name) == ("both", "both")
    session.delete(east)
    session.flush()
    assert inspect(east).deleted
    assert inspect(plain).persistent
    session.rollback()
    assert session.get(Town, 1, identity_token="east") is east


def test_a_new_object_may_be_given_one(session: Session) -> None:
    town = Town(id=9)
    inspect(town).identity_token = "south"
    session.add(town)
    session.flush()
    assert inspect(town).identity_key == (Town, (9,), "south")
    assert session.get(Town, 9, identity_token="south") is town


def test_it_lasts_when_an_object_leaves_its_session(session: Session) -> None:
    east = session.get_one(Town, 1, identity_token="east")
    copy = pickle.loads(pickle.dumps(east))
    assert inspect(copy).identity_key == (Town, (1,), "east")
    assert session.merge(copy) is east
    session.expunge(east)
    session.add(copy)
    assert session.get(Town, 1, identity_token="east") is copy
    merged = session.merge(east)
    assert merged is copy
    make_transient(copy)
    assert inspect(copy).identity_key is None


def test_an_object_that_goes_leaves_no_entry(session: Session) -> None:
    session.get_one(Town, 1, identity_token="east")
    session.get_one(Town, 2, identity_token="east")
    assert len(session.identity_map) == 0
    session.get_one(Town, 1, identity_token="east").name = "kept"
    assert [key[2] for key in session.identity_map] == ["east"]
