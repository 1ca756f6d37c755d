"""What is wrong is refused by name, and after rollback() all is as it was: docs/bad_input.md."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from threading import Thread
from typing import Any

import pytest

from tests.containers.backend import Backend
from tests.core.fresh import fresh_engine
from toolkit import ForeignKey, String, event, exc, select, text
from toolkit.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    joinedload,
    load_only,
    mapped_column,
    relationship,
    selectinload,
)
from toolkit.orm import exc as orm_exc


class Base(DeclarativeBase):
    type_annotation_map = {str: String(30)}


class Person(Base):
    __tablename__ = "bad_person"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str] = mapped_column(unique=True)
    version: Mapped[int] = mapped_column()
    pets: Mapped[list[Pet]] = relationship(back_populates="owner", foreign_keys="Pet.owner_id")
    __mapper_args__ = {"version_id_col": version}


class Pet(Base):
    __tablename__ = "bad_pet"
    id: Mapped[int] = mapped_column(primary_key=True)
    owner_id: Mapped[int | None] = mapped_column(ForeignKey("bad_person.id"))
    keeper_id: Mapped[int | None] = mapped_column(ForeignKey("bad_person.id"))
    owner: Mapped[Person | None] = relationship(back_populates="pets", foreign_keys=[owner_id])


class Stone(Base):
    __tablename__ = "bad_stone"
    row: Mapped[int] = mapped_column(primary_key=True)
    place: Mapped[int] = mapped_column(primary_key=True)


@pytest.fixture
def session(backend: Backend, tmp_path: Path) -> Iterator[Session]:
    with fresh_engine(backend, f"sqlite:///{tmp_path}/bad.db") as engine:
        Base.metadata.create_all(engine)
        with Session(engine) as session:
            session.add(Person(id=1, name="Ada", pets=[Pet(id=1)]))
            session.commit()
            yield session


def detached(session: Session) -> Any:
    ada = session.get_one(Person, 1)
    session.expunge(ada)
    return ada.pets


def stale(session: Session) -> None:
    ada = session.get_one(Person, 1)
    session.execute(text("update bad_person set version = 9"))
    ada.name = "Bob"
    session.flush()


def twice(session: Session) -> None:
    session.add(Person(id=2, name="Ada"))
    session.flush()


def used_after_a_failed_flush(session: Session) -> None:
    with pytest.raises(exc.IntegrityError):
        twice(session)
    session.scalars(select(Person)).all()


def without_a_key(session: Session) -> None:
    session.add(Stone(row=1))
    session.flush()


def of_another_session(session: Session) -> None:
    with Session(session.get_bind()) as other:
        other.add(session.get_one(Person, 1))


def another_class(session: Session) -> None:
    session.get_one(Person, 1).pets = [Stone(row=1, place=1)]  # type: ignore[list-item] # wrong


Work = Callable[[Session], Any]
# What is done, the documented class, and words that the message has.
REFUSED: list[tuple[Work, type[Exception], str]] = [
    (lambda _: Person(nmae="x"), TypeError, "Person; did you mean 'name'"),
    (lambda s: s.scalars(select(Person).filter_by(nmae=1)), exc.InvalidRequestError, "'name'"),
    (lambda s: s.query(Person).filter_by(nmae=1).all(), exc.InvalidRequestError, "nmae"),
    (lambda _: Person.nmae, AttributeError, "Person.* no attribute 'nmae'"),  # type: ignore[attr-defined] # it is misspelt
    (lambda _: joinedload("pets"), exc.ArgumentError, "'pets'"),
    (lambda _: load_only("nmae"), exc.ArgumentError, "'nmae'"),
    (
        lambda s: s.scalars(select(Stone).options(selectinload(Person.pets))).all(),
        exc.ArgumentError,
        "(?s)Person.*selectinload.*Person.pets.*Stone",
    ),
    (lambda s: s.scalars(select(Person).join(Stone)).all(), exc.InvalidRequestError, "onclause|ON"),
    (
        lambda s: s.scalars(select(Person).join(Pet)).all(),
        exc.AmbiguousForeignKeysError,
        "(?s)choose one.*owner_id.*keeper_id",
    ),
    (without_a_key, exc.IntegrityError, "Stone"),
    (detached, orm_exc.DetachedInstanceError, "(?s)Person.*'pets'.*selectinload"),
    (stale, orm_exc.StaleDataError, "(?s)bad_person.*roll back"),
    (twice, exc.IntegrityError, "Person"),
    (used_after_a_failed_flush, exc.PendingRollbackError, "(?s)rollback.*Original exception was"),
    (of_another_session, exc.InvalidRequestError, "already attached to session"),
    (another_class, Exception, "Pet"),
]


@pytest.mark.parametrize(("work", "expected", "words"), REFUSED)
def test_it_is_refused_and_undone(
    work: Work, expected: type[Exception], words: str, session: Session
) -> None:
    with pytest.raises(expected, match=words):
        work(session)
    session.rollback()
    rows = select(Person.id, Person.name, Person.version)
    assert session.execute(rows).all() == [(1, "Ada", 1)]
    assert session.scalars(select(Pet.id)).all() == [1]
    session.add(Person(id=7, name="Cy"))
    session.commit()
    assert session.get_one(Person, 7).pets == []


def test_a_session_that_another_thread_uses_refuses(session: Session) -> None:
    refusals: list[BaseException] = []

    def commit() -> None:
        try:
            session.commit()
        except exc.SQLAlchemyError as error:
            refusals.append(error)

    @event.listens_for(session, "before_commit", once=True)
    def meanwhile(_session: Session) -> None:
        thread = Thread(target=commit)
        thread.start()
        thread.join()

    session.add(Person(id=3, name="Dee"))
    session.commit()
    assert [type(error) for error in refusals] == [exc.IllegalStateChangeError]
    assert session.get_one(Person, 3).name == "Dee"
