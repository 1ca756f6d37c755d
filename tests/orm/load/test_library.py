"""What depends on the database's SQL: keys of several columns, orders, aliases, limits, streams."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.containers.backend import Backend
from tests.orm.load.library import Book, Loan, Shelf, filled
from tests.orm.shop import counted
from toolkit import create_engine, select
from toolkit.orm import (
    Session,
    immediateload,
    joinedload,
    lazyload,
    selectinload,
    subqueryload,
)

WAYS = [selectinload, joinedload, subqueryload, immediateload, lazyload]
ways = pytest.mark.parametrize("way", WAYS)


@pytest.fixture
def library(backend: Backend) -> Iterator[Session]:
    engine = create_engine(backend.url)
    with filled(engine), Session(engine) as session:
        yield session
        session.rollback()
    engine.dispose()


def loans(session: Session, *options: Any) -> list[list[int]]:
    statement = select(Book).options(*options).order_by(Book.house, Book.number)
    return [[loan.id for loan in book.loans] for book in session.scalars(statement).unique()]


@ways
def test_keys_of_several_columns_find_collections(library: Session, way: Any) -> None:
    assert loans(library, way(Book.loans)) == [[1, 2], [], [3], []]


@ways
def test_keys_of_several_columns_find_owners_and_none_for_a_null(
    library: Session, way: Any
) -> None:
    statement = select(Loan).options(way(Loan.book)).order_by(Loan.id)
    found = [loan.book and loan.book.title for loan in library.scalars(statement)]
    assert found == ["a1", "a1", "b1", None, None]


@ways
def test_the_table_between_may_say_the_order(library: Session, way: Any) -> None:
    statement = select(Shelf).options(way(Shelf.books)).order_by(Shelf.id)
    found = library.scalars(statement).unique().all()
    assert [[book.title for book in one.books] for one in found] == [["a2", "b2", "a1"], ["b2"], []]


def test_a_limit_counts_owners_of_several_columns(library: Session) -> None:
    statement = select(Book).options(joinedload(Book.loans))
    ordered = statement.order_by(Book.number, Book.house).limit(2)
    found = library.scalars(ordered).unique().all()
    assert [(book.title, len(book.loans)) for book in found] == [("a1", 2), ("b1", 1)]


@ways
def test_a_relationship_may_lead_to_an_alias(library: Session, way: Any) -> None:
    last: Any = Book.last  # type: ignore[attr-defined] # added later
    statement = select(Book).options(way(last)).order_by(Book.house, Book.number)
    found: list[Any] = list(library.scalars(statement).all())
    assert [book.last and book.last.id for book in found] == [1, None, 3, None]


def test_an_alias_may_be_joined_twice(library: Session) -> None:
    last: Any = Book.last  # type: ignore[attr-defined] # added later
    statement = select(Shelf).options(
        joinedload(Shelf.books).joinedload(last).joinedload(Loan.book).joinedload(last)
    )
    found: list[Any] = list(library.scalars(statement.order_by(Shelf.id)).unique().all())
    books = [book for one in found for book in one.books]
    assert [book.last and book.last.book is book for book in books] == [None, None, True, None]


def test_collections_of_what_is_streamed_are_loaded_part_by_part(library: Session) -> None:
    statement = select(Book).options(selectinload(Book.loans)).order_by(Book.house, Book.number)
    with counted(library.get_bind()) as sent:
        found = library.scalars(statement, execution_options={"yield_per": 3})
        assert [[loan.id for loan in book.loans] for book in found] == [[1, 2], [], [3], []]
    assert len(sent) == 3


@pytest.mark.parametrize("options", [{"yield_per": 1}, {"stream_results": True}])
def test_what_is_asked_for_meanwhile_costs_a_stream_no_rows(library: Session, options: Any) -> None:
    statement = select(Book).order_by(Book.house, Book.number)
    found = library.scalars(statement, execution_options=options)
    assert [[loan.id for loan in book.loans] for book in found] == [[1, 2], [], [3], []]


# PostgreSQL's cursors end with their transaction, and say so.
@pytest.mark.backend("sqlite", "mysql", "mariadb")
def test_a_commit_costs_a_stream_no_rows(library: Session) -> None:
    found = library.scalars(select(Book.number), execution_options={"yield_per": 1})
    numbers = []
    for number in found:
        numbers.append(number)
        library.commit()
    assert sorted(numbers) == [1, 1, 2, 2]


def test_inner_joins_stay_inside_of_outer_ones(library: Session) -> None:
    inner = joinedload(Book.loans).joinedload(Loan.book, innerjoin=True)
    assert loans(library, inner) == [[1, 2], [], [3], []]


def test_an_object_is_loaded_anew_with_what_came_with_it(library: Session) -> None:
    book = library.get(Book, ("a", 1), options=[joinedload(Book.loans)])
    assert book is not None
    book.title = "other"
    with library.no_autoflush:
        library.refresh(book)
    assert (book.title, len(vars(book)["loans"])) == ("a1", 2)
