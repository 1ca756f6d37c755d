"""Rows of joined tables that refer to themselves, by a column of either table."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.containers.backend import Backend
from tests.core.fresh import fresh_engine
from toolkit import ForeignKey, String, event, insert, select
from toolkit.orm import DeclarativeBase, Mapped, Session, mapped_column, relationship


class Base(DeclarativeBase):
    type_annotation_map = {str: String(30)}


class Thing(Base):
    __tablename__ = "self_thing"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str]
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "thing"}


class Folder(Thing):
    __tablename__ = "self_folder"
    id: Mapped[int] = mapped_column(ForeignKey("self_thing.id"), primary_key=True)
    name: Mapped[str | None]
    above_id: Mapped[int | None] = mapped_column(ForeignKey("self_folder.id"))
    link_id: Mapped[int | None] = mapped_column(ForeignKey("self_thing.id"))
    above: Mapped[Folder | None] = relationship(
        foreign_keys=above_id, remote_side=id, back_populates="below"
    )
    below: Mapped[list[Folder]] = relationship(foreign_keys=above_id, back_populates="above")
    link: Mapped[Thing | None] = relationship(foreign_keys=link_id, remote_side=Thing.id)
    __mapper_args__ = {"polymorphic_identity": "folder", "inherit_condition": id == Thing.id}


class Person(Base):
    __tablename__ = "self_person"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    kind: Mapped[str]
    boss_id: Mapped[int | None] = mapped_column(
        ForeignKey("self_manager.id", name="self_boss", use_alter=True)
    )
    __mapper_args__ = {"polymorphic_on": "kind", "polymorphic_identity": "person"}


class Manager(Person):
    __tablename__ = "self_manager"
    id: Mapped[int] = mapped_column(ForeignKey("self_person.id"), primary_key=True)
    rank: Mapped[int | None]
    __mapper_args__ = {"polymorphic_identity": "manager", "inherit_condition": id == Person.id}


@pytest.fixture
def session(backend: Backend, tmp_path: Path) -> Iterator[Session]:
    with fresh_engine(backend, f"sqlite:///{tmp_path}/self.db") as engine:
        Base.metadata.create_all(engine)
        with Session(engine) as session:
            things = [{"id": number, "kind": "folder"} for number in (1, 2, 3)]
            session.connection().execute(insert(Thing.__table__), things)
            folders = [
                {"id": 1, "above_id": 1, "link_id": 1},
                {"id": 2, "above_id": 1, "link_id": 2},
                {"id": 3, "above_id": 2, "link_id": 3},
            ]
            for one in folders:
                session.connection().execute(insert(Folder.__table__), one)
            session.commit()
            yield session


def rows(session: Session) -> list[tuple[int, int | None, int | None]]:
    table = Folder.__table__.c
    found = session.execute(select(table.id, table.above_id, table.link_id).order_by(table.id))
    return [tuple(row) for row in found]


@pytest.mark.parametrize("touched", [(), ("above",), ("below",), ("above", "below", "link")])
def test_they_are_deleted_with_what_refers_to_them(
    session: Session, touched: tuple[str, ...]
) -> None:
    found = session.scalars(select(Folder).order_by(Folder.id)).all()
    for folder in found:
        for name in touched:
            getattr(folder, name)
    for folder in found:
        session.delete(folder)
    session.commit()
    assert rows(session) == []
    assert session.scalars(select(Thing)).all() == []


def test_one_alone_is_deleted(session: Session) -> None:
    session.delete(session.get_one(Folder, 3))
    session.commit()
    assert rows(session) == [(1, 1, 1), (2, 1, 2)]


def test_those_below_are_freed(session: Session) -> None:
    session.delete(session.get_one(Folder, 2))
    session.commit()
    assert rows(session) == [(1, 1, 1), (3, None, 3)]


def test_they_are_changed(session: Session) -> None:
    first, third = session.get_one(Folder, 1), session.get_one(Folder, 3)
    first.name = "root"
    third.above = third.link = third
    session.commit()
    assert rows(session) == [(1, 1, 1), (2, 1, 2), (3, 3, 3)]
    first.above = first.link = None
    third.above = first
    session.commit()
    assert rows(session) == [(1, None, None), (2, 1, 2), (3, 1, 3)]
    assert first.name == "root"


@pytest.mark.parametrize("others", [False, True])
def test_a_key_of_the_first_table_may_refer_to_the_last(session: Session, others: bool) -> None:
    session.add_all([Manager(id=1), *([Manager(id=2), Person(id=3)] if others else [])])
    session.flush()
    for person in session.scalars(select(Person)):
        person.boss_id = 1 if person.id < 3 else 2
    session.commit()
    first = session.get_one(Manager, 1)
    first.rank = 5
    session.commit()
    for person in session.scalars(select(Person)):
        session.delete(person)
    session.commit()
    assert session.scalars(select(Person)).all() == []


def test_a_key_is_taken_away_only_where_it_is_in_the_way(session: Session) -> None:
    sent: list[str] = []
    event.listen(session.get_bind(), "before_cursor_execute", lambda *args: sent.append(args[2]))
    session.add_all([Manager(id=1), Manager(id=2), Person(id=3)])
    session.flush()
    session.get_one(Person, 3).boss_id = 1
    session.commit()
    sent.clear()
    for person in session.scalars(select(Person)):
        session.delete(person)
    session.commit()
    assert [one for one in sent if one.startswith("UPDATE")] == []
