"""Objects that are pickled come back as they were, and belong to no session."""

from __future__ import annotations

import copy
import pickle
from collections.abc import Iterator
from typing import Any

import pytest

from toolkit import ForeignKey, String, create_engine, inspect, select
from toolkit.orm import (
    DeclarativeBase,
    Mapped,
    Session,
    defer,
    mapped_column,
    relationship,
    selectinload,
)
from toolkit.orm.attributes import flag_modified
from toolkit.orm.exc import DetachedInstanceError


class Base(DeclarativeBase):
    pass


class Author(Base):
    __tablename__ = "pickled_author"
    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str | None] = mapped_column(String(50))
    life: Mapped[str | None] = mapped_column(String(50), deferred=True)
    books: Mapped[list[Book]] = relationship(back_populates="author")


class Book(Base):
    __tablename__ = "pickled_book"
    id: Mapped[int] = mapped_column(primary_key=True)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("pickled_author.id"))
    author: Mapped[Author | None] = relationship(back_populates="books")


@pytest.fixture
def session() -> Iterator[Session]:
    engine = create_engine("sqlite://")
    Base.metadata.create_all(engine)
    with Session(engine) as session:
        session.add(Author(id=1, name="ann", life="long", books=[Book(id=1)]))
        session.commit()
        yield session
    engine.dispose()


def again(instance: Any, protocol: int = pickle.HIGHEST_PROTOCOL) -> Any:
    return pickle.loads(pickle.dumps(instance, protocol))


@pytest.mark.parametrize("protocol", range(2, pickle.HIGHEST_PROTOCOL + 1))
def test_a_loaded_object_is_detached_with_what_was_loaded(session: Session, protocol: int) -> None:
    author = session.get_one(Author, 1)
    assert author.books[0].author is author
    found = again(author, protocol)
    assert inspect(found).detached
    assert inspect(found).identity == (1,)
    assert found.name == "ann"
    assert found.books[0].author is found


def test_a_new_object_stays_new(session: Session) -> None:
    found = again(Author(id=7, name="new", books=[Book(id=7)]))
    assert inspect(found).transient
    session.add(found)
    session.commit()
    assert session.get_one(Book, 7).author is found


def test_changes_are_still_to_be_written(session: Session) -> None:
    author = session.get_one(Author, 1)
    author.name = "bea"
    found = again(author)
    session.rollback()
    session.expunge_all()
    assert inspect(found).attrs.name.history == (["bea"], (), ["ann"])
    session.add(found)
    session.commit()
    assert session.scalars(select(Author.name)).one() == "bea"


def test_what_was_flagged_is_still_to_be_written(session: Session) -> None:
    author = session.get_one(Author, 1)
    flag_modified(author, "name")
    found = again(author)
    session.expunge_all()
    session.add(found)
    assert session.is_modified(found)


def test_what_is_not_there_is_loaded_in_a_session_only(session: Session) -> None:
    author = session.get_one(Author, 1)
    session.expire(author)
    found = again(author)
    with pytest.raises(DetachedInstanceError, match="Author"):
        _ = found.name
    session.expunge_all()
    session.add(found)
    assert (found.name, found.life) == ("ann", "long")


def test_a_deferred_attribute_stays_deferred(session: Session) -> None:
    author = session.scalars(
        select(Author).options(defer(Author.name), selectinload(Author.books))
    ).one()
    found = again(author)
    assert "name" not in found.__dict__
    assert len(found.books) == 1
    session.expunge_all()
    session.add(found)
    assert found.name == "ann"


def test_a_collection_that_was_pickled_tells_of_changes_again(session: Session) -> None:
    found = again(Author(id=8, books=[]))
    book = Book(id=8)
    found.books.append(book)
    assert book.author is found


def test_copies_have_states_of_their_own() -> None:
    author = Author(id=1, name="ann", books=[Book(id=1)])
    for found in (copy.copy(author), copy.deepcopy(author)):
        assert found.name == "ann"
        assert inspect(found) is not inspect(author)
        assert inspect(found).obj() is found
